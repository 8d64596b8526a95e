using System.Security.Cryptography;

namespace Slug.Content;

/// <summary>
/// Hashes and counts the bytes that are written or read through it, in one pass.
/// One instance serves one direction.
/// </summary>
/// <param name="inner">Where bytes go to or come from. It stays open: who made it closes it.</param>
public sealed class DigestStream(Stream inner) : ForwardStream
{
    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long length;
    private Digest? finished;

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <summary>How many bytes have passed so far.</summary>
    public override long Length => length;

    /// <summary>The sha256 of all that has passed. Asked again, it answers the same.</summary>
    public Digest Finish()
    {
        finished ??= Digest.FromHash(hash.GetHashAndReset());
        return finished.Value;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Bytes come after <see cref="Finish"/>.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        Pass(buffer[..read]);
        return read;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Bytes come after <see cref="Finish"/>.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        Pass(buffer.Span[..read]);
        return read;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Bytes come after <see cref="Finish"/>.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Pass(buffer);
        inner.Write(buffer);
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">Bytes come after <see cref="Finish"/>.</exception>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Pass(buffer.Span);
        return inner.WriteAsync(buffer, cancellationToken);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            hash.Dispose();
        base.Dispose(disposing);
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        if (finished is not null && !bytes.IsEmpty)
            throw new InvalidOperationException("bytes came after the digest was finished");
        hash.AppendData(bytes);
        length += bytes.Length;
    }
}
