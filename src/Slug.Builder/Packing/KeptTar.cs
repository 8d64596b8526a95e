using System.Buffers;
using Slug.Content;

namespace Slug.Builder.Packing;

/// <summary>A layer's tar in memory, between its digest and the service's answer to it.</summary>
internal sealed class KeptTar : ForwardStream
{
    private const int PieceSize = 1 << 20;

    private readonly List<byte[]> pieces = [];
    private long length;

    public override bool CanWrite => true;

    public override long Length => length;

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var used = (int)(length % PieceSize);
            if (used == 0)
                pieces.Add(ArrayPool<byte>.Shared.Rent(PieceSize));
            var taken = Math.Min(buffer.Length, PieceSize - used);
            buffer[..taken].CopyTo(pieces[^1].AsMemory(used));
            buffer = buffer[taken..];
            length += taken;
        }

        return ValueTask.CompletedTask;
    }

    public async Task SendAsync(Stream destination, CancellationToken cancellationToken)
    {
        foreach (var (index, piece) in pieces.Index())
            await destination.WriteAsync(piece.AsMemory(0, (int)Math.Min(PieceSize, length - ((long)index * PieceSize))), cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            pieces.ForEach(piece => ArrayPool<byte>.Shared.Return(piece));
        pieces.Clear();
        base.Dispose(disposing);
    }
}
