using System.Buffers.Binary;
using System.Text;
using System.Text.RegularExpressions;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources;

/// <summary>Passes a tar of git's on, block by block, with the large files in place of their pointers.</summary>
internal sealed partial class PointerReplacement(LargeFileStore files, IReadOnlyList<Guid> apps)
{
    private const int BlockSize = 512;
    private const byte File = (byte)'0';
    private const byte Attributes = (byte)'x';
    private const long LargestOctal = 0x1_FFFF_FFFF;

    private readonly byte[] header = new byte[BlockSize];
    private readonly byte[] buffer = new byte[1 << 17];

    public async Task CopyAsync(Stream tar, Stream destination, CancellationToken cancellationToken)
    {
        // pax, "Extended Header": the size of the next entry, where its own header cannot hold it.
        long? attributed = null;
        while (await tar.ReadAtLeastAsync(header, BlockSize, throwOnEndOfStream: false, cancellationToken) == BlockSize)
        {
            var size = attributed ?? ReadSize();
            attributed = null;
            if (header[156] == Attributes)
                attributed = SizeIn(await PassSmallAsync(tar, destination, (int)size, cancellationToken));
            else if (header[156] == File && size is >= LargeFilePointer.ShortestFile and <= LargeFilePointer.LongestFile)
                await ReplaceAsync(tar, destination, (int)size, cancellationToken);
            else
                await PassAsync(tar, destination, size, cancellationToken);
        }
    }

    private async Task ReplaceAsync(Stream tar, Stream destination, int size, CancellationToken cancellationToken)
    {
        var contents = new byte[Padded(size)];
        await tar.ReadExactlyAsync(contents, cancellationToken);
        await using var file = LargeFilePointer.TryRead(contents.AsSpan(0, size), out var pointer)
            ? apps.Select(app => files.Open(app, pointer.Digest)).FirstOrDefault(found => found is not null)
            : null;
        if (file is null)
        {
            await destination.WriteAsync(header, cancellationToken);
            await destination.WriteAsync(contents, cancellationToken);
            return;
        }

        WriteSize(pointer.Size);
        await destination.WriteAsync(header, cancellationToken);
        await file.CopyToAsync(destination, buffer.Length, cancellationToken);
        await destination.WriteAsync(new byte[Padded(pointer.Size) - pointer.Size], cancellationToken);
    }

    private async Task<byte[]> PassSmallAsync(Stream tar, Stream destination, int size, CancellationToken cancellationToken)
    {
        var contents = new byte[Padded(size)];
        await tar.ReadExactlyAsync(contents, cancellationToken);
        await destination.WriteAsync(header, cancellationToken);
        await destination.WriteAsync(contents, cancellationToken);
        return contents;
    }

    private async Task PassAsync(Stream tar, Stream destination, long size, CancellationToken cancellationToken)
    {
        await destination.WriteAsync(header, cancellationToken);
        for (var rest = Padded(size); rest > 0;)
        {
            var piece = buffer.AsMemory(0, (int)Math.Min(rest, buffer.Length));
            await tar.ReadExactlyAsync(piece, cancellationToken);
            await destination.WriteAsync(piece, cancellationToken);
            rest -= piece.Length;
        }
    }

    private static long Padded(long size) => (size + BlockSize - 1) & -BlockSize;

    private static long? SizeIn(byte[] attributes) =>
        SizeAttribute().Match(Encoding.Latin1.GetString(attributes)) is { Success: true } match ? long.Parse(match.Groups[1].ValueSpan, null) : null;

    private long ReadSize()
    {
        var digits = Encoding.ASCII.GetString(header, 124, 11).TrimEnd('\0', ' ');
        return digits.Length == 0 ? 0 : Convert.ToInt64(digits, 8);
    }

    // POSIX pax, "ustar Interchange Format"; beyond eleven octal digits in base 256, as GNU tar has it.
    private void WriteSize(long size)
    {
        header.AsSpan(124, 12).Clear();
        if (size <= LargestOctal)
        {
            Encoding.ASCII.GetBytes(Convert.ToString(size, 8).PadLeft(11, '0'), header.AsSpan(124));
        }
        else
        {
            header[124] = 0x80;
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128, 8), size);
        }

        // The sum is taken with its own field as blanks.
        header.AsSpan(148, 8).Fill((byte)' ');
        Encoding.ASCII.GetBytes(Convert.ToString(header.Sum(value => value), 8).PadLeft(6, '0') + "\0 ", header.AsSpan(148));
    }

    [GeneratedRegex(@"(?:^|\n)\d+ size=(\d{1,18})\n")]
    private static partial Regex SizeAttribute();
}
