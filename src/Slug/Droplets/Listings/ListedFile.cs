using System.Formats.Tar;

namespace Slug.Droplets.Listings;

/// <summary>A file or a link of a layer: all that can be said of it without its contents.</summary>
internal readonly record struct ListedFile
{
    /// <summary>The order of files in a layer: that of their paths in UTF-8.</summary>
    public static IComparer<string> Order { get; } = Comparer<string>.Create(Compare);

    public required string Path { get; init; }

    public required TarEntryType Kind { get; init; }

    public required int Mode { get; init; }

    /// <summary>In bytes; 0 of a link.</summary>
    public long Size { get; init; }

    /// <summary>Half of its contents' sha256; 0 of a link.</summary>
    public UInt128 Content { get; init; }

    /// <summary>Where a link leads; empty of a file.</summary>
    public required string Target { get; init; }

    public static ListedFile ReadFrom(BinaryReader reader) => new()
    {
        Path = reader.ReadString(),
        Kind = (TarEntryType)reader.ReadByte(),
        Mode = reader.Read7BitEncodedInt(),
        Size = reader.Read7BitEncodedInt64(),
        Content = new(reader.ReadUInt64(), reader.ReadUInt64()),
        Target = reader.ReadString(),
    };

    public void WriteTo(BinaryWriter writer)
    {
        writer.Write(Path);
        writer.Write((byte)Kind);
        writer.Write7BitEncodedInt(Mode);
        writer.Write7BitEncodedInt64(Size);
        writer.Write((ulong)(Content >> 64));
        writer.Write((ulong)Content);
        writer.Write(Target);
    }

    private static int Compare(string one, string other)
    {
        var same = one.AsSpan().CommonPrefixLength(other);
        return same == Math.Min(one.Length, other.Length) ? one.Length - other.Length : Rank(one[same]) - Rank(other[same]);
    }

    // What takes two letters of UTF-16 comes last in UTF-8.
    private static int Rank(char letter) => char.IsSurrogate(letter) ? letter + char.MaxValue : letter;
}
