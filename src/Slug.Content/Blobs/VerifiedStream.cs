namespace Slug.Content.Blobs;

/// <summary>Hands out a blob's bytes and fails in place of its last ones when the whole does not match its digest.</summary>
internal sealed class VerifiedStream(FileStream file, Digest expected) : ForwardStream
{
    private readonly DigestStream hashed = new(file);
    private readonly long length = file.Length;

    public override bool CanRead => file.CanRead;

    public override long Length => length;

    public override int Read(Span<byte> buffer)
    {
        var read = hashed.Read(buffer);
        VerifyAtEnd(buffer, read);
        return read;
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await hashed.ReadAsync(buffer, cancellationToken);
        VerifyAtEnd(buffer.Span, read);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            hashed.Dispose();
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    // A reader that counts never asks past the last byte: the end is where the length says, not only where a read gives nothing.
    private void VerifyAtEnd(Span<byte> buffer, int read)
    {
        var ended = hashed.Length >= length || (read == 0 && !buffer.IsEmpty);
        if (ended && hashed.Finish() is var actual && actual != expected)
            throw new DamagedBlobException(expected, actual);
    }
}
