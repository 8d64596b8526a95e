using System.Buffers.Binary;

namespace Slug.Content.Tar;

/// <summary>
/// The one way in which a layer's entries are written: GNU tar headers (GNU tar manual, "Basic Tar Format")
/// in which nothing is left to chance. Not the BCL's writer: a layer's digest must outlive every runtime's version.
/// </summary>
internal static class LayerFormat
{
    internal const int BlockSize = 512;
    internal const long Owner = 1000;
    internal const long ModifiedAt = 315532801; // 1980-01-01T00:00:01Z: one second past what zip can hold
    internal const int LongestShortName = 99;
    internal const int NameField = 100;

    internal const byte RegularFile = (byte)'0';
    internal const byte HardLink = (byte)'1';
    internal const byte SymbolicLink = (byte)'2';
    internal const byte Directory = (byte)'5';
    internal const byte LongName = (byte)'L';
    internal const byte LongLink = (byte)'K';

    private const long LargestOctalSize = 0x1_FFFF_FFFF; // eleven octal digits: 8 GiB - 1

    /// <summary>The header's fields: all its bytes, the checksum last, as it differs wherever another field does.</summary>
    internal static readonly LayerField[] Fields =
    [
        new("name", 0, NameField), new("mode", 100, 8), new("uid", 108, 8), new("gid", 116, 8), new("size", 124, 12),
        new("mtime", 136, 12), new("type", 156, 1), new("link", 157, NameField), new("magic", 257, 8), new("user", 265, 32),
        new("group", 297, 32), new("device", 329, 16), new("rest", 345, 167), new("checksum", 148, 8),
    ];

    /// <summary>Bytes of padding after contents of this length.</summary>
    internal static int Padding(long size) => (int)(-size & (BlockSize - 1));

    /// <summary>Writes one header. A name that is too long is cut: a long-name entry must precede it.</summary>
    internal static void WriteHeader(Span<byte> block, LayerEntry entry)
    {
        block.Clear();
        var longName = entry.Type is LongName or LongLink;
        Cut(entry.Name).CopyTo(block);
        WriteOctal(block.Slice(100, 8), longName ? 0x1A4 : entry.Mode);
        WriteOctal(block.Slice(108, 8), longName ? 0 : Owner);
        WriteOctal(block.Slice(116, 8), longName ? 0 : Owner);
        WriteSize(block.Slice(124, 12), entry.Size);
        WriteOctal(block.Slice(136, 12), longName ? 0 : ModifiedAt);
        block[156] = entry.Type;
        Cut(entry.LinkTarget).CopyTo(block[157..]);
        "ustar  \0"u8.CopyTo(block[257..]);
        WriteChecksum(block);
    }

    /// <summary>The header of an entry whose contents are the name, and a zero, of the entry after it.</summary>
    internal static void WriteLongHeader(Span<byte> block, byte type, int length) =>
        WriteHeader(block, new() { Name = "././@LongLink"u8, Type = type, Size = length + 1 });

    /// <summary>A number in octal digits, or in base 256 when its first bit is set; -1 when it is neither.</summary>
    internal static long ReadNumber(ReadOnlySpan<byte> field)
    {
        if (field[0] == 0x80)
            return BinaryPrimitives.ReadInt64BigEndian(field[^8..]);
        var value = 0L;
        foreach (var digit in field[..^1])
        {
            if (digit is < (byte)'0' or > (byte)'7')
                return -1;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }

    /// <summary>A field up to its first zero.</summary>
    internal static ReadOnlySpan<byte> ReadText(ReadOnlySpan<byte> field) =>
        field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field;

    private static ReadOnlySpan<byte> Cut(ReadOnlySpan<byte> name) =>
        name.Length > LongestShortName ? name[..LongestShortName] : name;

    private static void WriteSize(Span<byte> field, long size)
    {
        if (size <= LargestOctalSize)
        {
            WriteOctal(field, size);
            return;
        }

        field[0] = 0x80;
        BinaryPrimitives.WriteInt64BigEndian(field[^8..], size);
    }

    private static void WriteOctal(Span<byte> field, long value)
    {
        for (var i = field.Length - 2; i >= 0; i--, value >>= 3)
            field[i] = (byte)('0' + (value & 7));
    }

    // POSIX pax, "ustar Interchange Format": the sum is taken with the field itself as spaces; GNU ends it with a zero and a space.
    private static void WriteChecksum(Span<byte> block)
    {
        var field = block.Slice(148, 8);
        field.Fill((byte)' ');
        var sum = 0;
        foreach (var value in block)
            sum += value;
        WriteOctal(field[..7], sum);
        field[6] = 0;
    }
}

/// <summary>A field of the header: its name, for people, and its place.</summary>
internal readonly record struct LayerField(string Name, int Offset, int Length);

/// <summary>What may differ from one entry's header to the next.</summary>
internal readonly ref struct LayerEntry
{
    /// <summary>The full name; a directory's ends with a slash.</summary>
    internal required ReadOnlySpan<byte> Name { get; init; }

    internal ReadOnlySpan<byte> LinkTarget { get; init; }

    internal required byte Type { get; init; }

    internal int Mode { get; init; }

    internal long Size { get; init; }
}
