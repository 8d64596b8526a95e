using System.Buffers;

namespace Slug.Content.Tar;

/// <summary>
/// Headers and contents, gathered in one large buffer. Files are read at once and in place: for the many small ones of an app
/// an asynchronous read costs several times the read itself.
/// </summary>
internal sealed class LayerBlocks(Stream destination) : IDisposable
{
    private const int Capacity = 1024 * 1024;
    private const int Fixed = 5 * LayerFormat.BlockSize; // three headers, and the padding of two long names

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int used;

    /// <summary>What an entry takes at most, its contents not counted.</summary>
    internal static int RoomOf(int nameLength, int targetLength) => Fixed + nameLength + targetLength;

    internal async ValueTask ReserveAsync(int length, CancellationToken cancellationToken)
    {
        if (buffer.Length - used >= length)
            return;
        await destination.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        used = 0;
    }

    /// <summary>Writes an entry's headers, for which there is room.</summary>
    internal void Write(LayerEntry entry)
    {
        WriteLong(LayerFormat.LongLink, entry.LinkTarget);
        WriteLong(LayerFormat.LongName, entry.Name);
        LayerFormat.WriteHeader(Next(LayerFormat.BlockSize), entry);
    }

    /// <summary>Copies contents; false where the file has not this many bytes, no more and no fewer.</summary>
    internal async ValueTask<bool> CopyAsync(OpenedFile file, long size, CancellationToken cancellationToken)
    {
        var done = 0L;
        while (true)
        {
            await ReserveAsync(LayerFormat.BlockSize, cancellationToken);
            // One byte more is asked for than the file had: its end is seen by the same read as its contents.
            var asked = (int)Math.Min(size - done + 1, buffer.Length - used);
            var read = file.Read(buffer.AsSpan(used, asked));
            used += read;
            done += read;
            if (read == 0 || done > size || (done == size && read < asked))
                break;
        }

        if (done != size)
            return false;
        await ReserveAsync(LayerFormat.BlockSize, cancellationToken);
        Next(LayerFormat.Padding(size)).Clear();
        return true;
    }

    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        await ReserveAsync(2 * LayerFormat.BlockSize, cancellationToken);
        Next(2 * LayerFormat.BlockSize).Clear();
        await destination.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        used = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private void WriteLong(byte type, ReadOnlySpan<byte> name)
    {
        if (name.Length <= LayerFormat.LongestShortName)
            return;
        LayerFormat.WriteLongHeader(Next(LayerFormat.BlockSize), type, name.Length);
        name.CopyTo(Next(name.Length));
        Next(1 + LayerFormat.Padding(name.Length + 1)).Clear();
    }

    private Span<byte> Next(int length)
    {
        used += length;
        return buffer.AsSpan(used - length, length);
    }
}
