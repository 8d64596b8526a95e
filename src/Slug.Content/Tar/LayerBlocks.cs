using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Slug.Content.Tar;

/// <summary>
/// Headers and contents, gathered in one large buffer. Files are read at once and in place: for the many small ones of an app
/// an asynchronous read costs several times the read itself.
/// </summary>
internal sealed class LayerBlocks(Stream destination, LayerModes modes) : IDisposable
{
    private const int Capacity = 1024 * 1024;
    private const int Room = 5 * LayerFormat.BlockSize; // three headers, and the padding of two long names
    private const int PermissionBits = 0x1FF;
    private const int OwnerExecutes = 0x40;
    private const int Executable = 0x1ED; // 0755
    private const int Readable = 0x1A4; // 0644

    private readonly byte[] buffer = ArrayPool<byte>.Shared.Rent(Capacity);
    private int used;

    internal async ValueTask StartAsync(LayerFile file, byte type, byte[] target, CancellationToken cancellationToken)
    {
        await ReserveAsync(Room + target.Length + file.Name.Length, cancellationToken);
        WriteLong(LayerFormat.LongLink, target);
        WriteLong(LayerFormat.LongName, file.Name);
        LayerFormat.WriteHeader(Next(LayerFormat.BlockSize), new()
        {
            Name = file.Name,
            LinkTarget = target,
            Type = type,
            Mode = ModeOf(file.Facts),
            Size = type == LayerFormat.RegularFile ? file.Facts.Size : 0,
        });
    }

    internal async ValueTask CopyAsync(LayerFile file, CancellationToken cancellationToken)
    {
        using var handle = Open(file);
        var size = file.Facts.Size;
        var done = 0L;
        while (true)
        {
            await ReserveAsync(LayerFormat.BlockSize, cancellationToken);
            // One byte more is asked for than the file had: its end is seen by the same read as its contents.
            var asked = (int)Math.Min(size - done + 1, buffer.Length - used);
            var read = RandomAccess.Read(handle, buffer.AsSpan(used, asked), done);
            used += read;
            done += read;
            if (read == 0 || done > size || (done == size && read < asked))
                break;
        }

        if (done != size)
            throw new UnpackableEntryException(file.Path, "a file that changed while it was packed");
        await ReserveAsync(LayerFormat.BlockSize, cancellationToken);
        Next(LayerFormat.Padding(size)).Clear();
    }

    internal async Task EndAsync(CancellationToken cancellationToken)
    {
        await ReserveAsync(2 * LayerFormat.BlockSize, cancellationToken);
        Next(2 * LayerFormat.BlockSize).Clear();
        await destination.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        used = 0;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(buffer);

    private int ModeOf(FileFacts facts) => modes switch
    {
        LayerModes.AsGit when facts.Kind != FileKind.SymbolicLink => (facts.Mode & OwnerExecutes) != 0 ? Executable : Readable,
        _ => facts.Mode & PermissionBits,
    };

    private static SafeFileHandle Open(LayerFile file)
    {
        try
        {
            return File.OpenHandle(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new UnpackableEntryException(file.Path, "a file that may not be read", cause);
        }
        catch (FileNotFoundException cause)
        {
            throw new UnpackableEntryException(file.Path, "a file that vanished while it was packed", cause);
        }
    }

    private void WriteLong(byte type, byte[] name)
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

    private async ValueTask ReserveAsync(int length, CancellationToken cancellationToken)
    {
        if (buffer.Length - used >= length)
            return;
        await destination.WriteAsync(buffer.AsMemory(0, used), cancellationToken);
        used = 0;
    }
}
