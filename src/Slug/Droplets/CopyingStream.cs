using Slug.Content;

namespace Slug.Droplets;

/// <summary>Writes everything that is read through it to a file, up to a limit.</summary>
internal sealed class CopyingStream(Stream source, Stream file, long limit) : ForwardStream
{
    private long copied;

    public override bool CanRead => true;

    public override int Read(Span<byte> buffer) => throw new NotSupportedException("read it asynchronously");

    /// <exception cref="InvalidDataException">More bytes come than the limit allows.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await source.ReadAsync(buffer, cancellationToken);
        if ((copied += read) > limit)
            throw new InvalidDataException($"more than {limit} bytes came");
        // A file is written asynchronously by giving the work to another thread: the page cache has it sooner than that thread its turn.
        file.Write(buffer.Span[..read]);
        return read;
    }
}
