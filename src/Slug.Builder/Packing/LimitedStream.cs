using Slug.Content;

namespace Slug.Builder.Packing;

/// <summary>Passes bytes on while there is room for them, and from there only counts them.</summary>
internal sealed class LimitedStream(Stream inner, SlugRoom room) : ForwardStream
{
    private long written;

    public override bool CanWrite => true;

    public override long Length => written;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        written += buffer.Length;
        if (room.Take(buffer.Length))
            await inner.WriteAsync(buffer, cancellationToken);
    }
}
