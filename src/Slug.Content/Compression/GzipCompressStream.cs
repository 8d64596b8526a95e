using System.Buffers;
using System.Buffers.Binary;

namespace Slug.Content.Compression;

/// <summary>
/// Compresses what is written to it into one gzip member (RFC 1952), on several threads: pieces of one size are deflated each for itself.
/// The same content gives the same bytes, however it is cut into writes and whatever the number of threads. It is written asynchronously,
/// and ended by <see cref="DisposeAsync"/>.
/// </summary>
public sealed class GzipCompressStream : ForwardStream
{
    private static readonly byte[] header = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3]; // deflate, no flags, no time, Unix
    private static readonly byte[] lastBlock = [3, 0]; // empty, with fixed codes: all that a deflate stream needs to end

    private readonly Stream inner;
    private readonly int threads;
    private readonly Queue<Task<GzipPiece>> pieces = [];
    private byte[]? filling;
    private int filled;
    private uint checksum;
    private uint length;
    private bool started;
    private bool ended;

    /// <summary>Starts a member.</summary>
    /// <param name="inner">Where it goes. It stays open: who made it closes it.</param>
    /// <param name="threads">Pieces that are deflated at a time; each takes some 2 MB of memory.</param>
    /// <exception cref="ArgumentOutOfRangeException">Less than one thread.</exception>
    public GzipCompressStream(Stream inner, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        (this.inner, this.threads) = (inner, threads);
    }

    /// <inheritdoc/>
    public override bool CanWrite => !ended;

    /// <inheritdoc/>
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(ended, this);
        while (!buffer.IsEmpty)
        {
            filling ??= ArrayPool<byte>.Shared.Rent(GzipPiece.Size);
            var taken = Math.Min(buffer.Length, GzipPiece.Size - filled);
            buffer[..taken].CopyTo(filling.AsMemory(filled));
            buffer = buffer[taken..];
            if ((filled += taken) == GzipPiece.Size)
                await DeflateAsync(cancellationToken);
        }
    }

    /// <summary>Ends the member.</summary>
    public override async ValueTask DisposeAsync()
    {
        try
        {
            if (!ended)
                await EndAsync();
        }
        finally
        {
            ended = true;
            await base.DisposeAsync();
        }
    }

    private async Task EndAsync()
    {
        ended = true;
        if (filling is not null)
            await DeflateAsync(CancellationToken.None);
        while (pieces.Count > 0)
            await PassOnAsync(CancellationToken.None);
        await StartAsync(CancellationToken.None);
        var trailer = new byte[lastBlock.Length + 8];
        lastBlock.CopyTo(trailer, 0);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(lastBlock.Length), checksum);
        BinaryPrimitives.WriteUInt32LittleEndian(trailer.AsSpan(lastBlock.Length + 4), length);
        await inner.WriteAsync(trailer, CancellationToken.None);
    }

    private async Task DeflateAsync(CancellationToken cancellationToken)
    {
        if (pieces.Count >= threads)
            await PassOnAsync(cancellationToken);
        var (content, size) = (filling!, filled);
        (filling, filled) = (null, 0);
        pieces.Enqueue(Task.Run(() => GzipPiece.Deflate(content, size), CancellationToken.None));
    }

    private async Task PassOnAsync(CancellationToken cancellationToken)
    {
        var piece = await pieces.Dequeue();
        await StartAsync(cancellationToken);
        checksum = Crc32.Combine(checksum, piece.Checksum, piece.Length);
        length += (uint)piece.Length;
        await inner.WriteAsync(piece.Deflated, cancellationToken);
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        if (started)
            return;
        started = true;
        await inner.WriteAsync(header, cancellationToken);
    }
}
