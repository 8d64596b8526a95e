using Slug.Content;

namespace Slug.Buildpacks;

/// <summary>A stream that ends with an exception where it gives more than it may.</summary>
internal sealed class LimitedReading(Stream inner, long limit) : ForwardStream
{
    private long read;

    public override bool CanRead => true;

    public override bool CanWrite => false;

    public override long Length => read;

    public override int Read(Span<byte> buffer) => Count(inner.Read(buffer));

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        Count(await inner.ReadAsync(buffer, cancellationToken));

    private int Count(int bytes) => (read += bytes) <= limit ? bytes : throw new LargerThanAllowedException();
}

/// <summary>More came than may come.</summary>
internal sealed class LargerThanAllowedException() : IOException("more came than is allowed");
