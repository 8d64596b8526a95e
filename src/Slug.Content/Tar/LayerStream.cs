using System.Buffers;

namespace Slug.Content.Tar;

/// <summary>A tar's bytes in pieces of the asked length, hashed as they pass.</summary>
internal sealed class LayerStream(Stream tar) : IDisposable
{
    private const int Capacity = 256 * 1024;

    private readonly DigestStream hashed = new(tar);
    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int start;
    private int end;

    /// <summary>Bytes taken so far.</summary>
    internal long Position { get; private set; }

    /// <summary>The next bytes. They hold until the next call.</summary>
    internal async ValueTask<ReadOnlyMemory<byte>> TakeAsync(int length, CancellationToken cancellationToken)
    {
        while (end - start < length)
        {
            if (!await FillAsync(cancellationToken))
                throw new InvalidLayerException($"the layer ends in mid-entry, after {Position + end - start} bytes");
        }

        start += length;
        Position += length;
        return buffer.AsMemory(start - length, length);
    }

    internal async ValueTask SkipAsync(long length, CancellationToken cancellationToken)
    {
        while (length > 0)
        {
            var piece = (int)Math.Min(length, Math.Max(LayerFormat.BlockSize, end - start));
            length -= (await TakeAsync(piece, cancellationToken)).Length;
        }
    }

    /// <summary>The digest of all bytes, when there are no more.</summary>
    internal async ValueTask<Digest> FinishAsync(CancellationToken cancellationToken) =>
        start == end && !await FillAsync(cancellationToken)
            ? hashed.Finish()
            : throw new InvalidLayerException("the layer goes on after its end");

    public void Dispose()
    {
        hashed.Dispose();
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        buffer.AsSpan(start..end).CopyTo(buffer);
        (start, end) = (0, end - start);
        var read = await hashed.ReadAsync(buffer.AsMemory(end), cancellationToken);
        end += read;
        return read > 0;
    }
}
