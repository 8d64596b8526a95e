using System.Buffers.Binary;
using System.Text;

namespace Slug.Sources.Archives;

/// <summary>One header block of a tar (POSIX pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").</summary>
internal readonly ref struct TarHeader
{
    public const int Size = 512;

    private const int OwnerExecutes = 0x40;

    private readonly ReadOnlySpan<byte> block;

    /// <exception cref="InvalidDataException">The block's sum is wrong: it is no header.</exception>
    public TarHeader(ReadOnlySpan<byte> block)
    {
        this.block = block;
        var sum = 8 * ' ';
        for (var at = 0; at < Size; at++)
            sum += at is >= 148 and < 156 ? 0 : block[at];
        if (Number(148, 8) != sum)
            throw new InvalidDataException("there is no tar header where one belongs");
    }

    public byte Type => block[156];

    public long Length => Number(124, 12);

    public ArchiveEntry ToEntry(TarAttributes attributes)
    {
        var name = attributes.Name ?? Name();
        return new()
        {
            Name = name,
            Kind = KindOf(name),
            Target = attributes.Target ?? Text(block.Slice(157, 100)),
            IsExecutable = (Number(100, 8) & OwnerExecutes) != 0,
            Length = attributes.Length ?? Length,
        };
    }

    /// <summary>Text up to its first zero.</summary>
    public static string Text(ReadOnlySpan<byte> field) =>
        Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);

    // Only POSIX's own magic has a prefix; GNU keeps other things in its place.
    private string Name()
    {
        var name = Text(block[..100]);
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        return prefix.Length > 0 ? $"{prefix}/{name}" : name;
    }

    private ArchiveEntryKind KindOf(string name) => (char)Type switch
    {
        // Before ustar a folder was a file with a slash at its end.
        '0' or '\0' or '7' => name.EndsWith('/') ? ArchiveEntryKind.Folder : ArchiveEntryKind.File,
        '1' => ArchiveEntryKind.HardLink,
        '2' => ArchiveEntryKind.SymbolicLink,
        '5' => ArchiveEntryKind.Folder,
        _ => ArchiveEntryKind.Other,
    };

    private long Number(int offset, int length)
    {
        var field = block.Slice(offset, length);
        // GNU: base 256, where octal digits do not suffice.
        if (field[0] == 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field[^8..]) is >= 0 and var large ? large : throw Malformed(field);
        var value = 0L;
        foreach (var digit in field.Trim(" \0"u8))
            value = digit is >= (byte)'0' and <= (byte)'7' ? (value << 3) | (uint)(digit - '0') : throw Malformed(field);
        return value;
    }

    private static InvalidDataException Malformed(ReadOnlySpan<byte> field) =>
        new($"a tar header has '{Pushes.Readable.Text(Encoding.Latin1.GetString(field))}' where a number belongs");
}
