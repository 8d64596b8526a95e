namespace Slug.Builder.Packing;

/// <summary>Breaks off the request that sends a layer once its slug is known to be larger than the limit.</summary>
internal sealed class SlugTooLargeException() : Exception("the slug is larger than its limit");
