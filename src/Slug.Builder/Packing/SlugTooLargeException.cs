namespace Slug.Builder.Packing;

/// <summary>Breaks off the request that sends a slug once it is known to be larger than the limit.</summary>
internal sealed class SlugTooLargeException(long size) : Exception($"the slug has {size} bytes")
{
    public long Size { get; } = size;
}
