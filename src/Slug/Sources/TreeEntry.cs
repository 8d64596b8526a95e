using System.Buffers.Text;
using System.Text;

namespace Slug.Sources;

/// <summary>A record of <c>git ls-tree -r -t -l -z</c>: mode, type, object and size, a tab, the path.</summary>
internal readonly ref struct TreeEntry
{
    private const byte Tab = (byte)'\t';
    private const byte Space = (byte)' ';
    private const byte Slash = (byte)'/';

    private TreeEntry(ReadOnlySpan<byte> path, bool isSubmodule, long size)
    {
        Path = path;
        IsSubmodule = isSubmodule;
        Size = size;
    }

    public ReadOnlySpan<byte> Path { get; }

    /// <summary>A commit of another repository.</summary>
    public bool IsSubmodule { get; }

    /// <summary>Zero for what is no file.</summary>
    public long Size { get; }

    public int Depth => Path.Count(Slash) + 1;

    /// <summary>The last component: folders are records of their own, so that each component is the last of one.</summary>
    public ReadOnlySpan<byte> Name => Path[(Path.LastIndexOf(Slash) + 1)..];

    public string PathText => Encoding.UTF8.GetString(Path);

    /// <exception cref="InvalidDataException">The record is none of git's.</exception>
    public static TreeEntry Read(ReadOnlySpan<byte> record)
    {
        var tab = record.IndexOf(Tab);
        if (tab < 0)
            throw new InvalidDataException("git ls-tree wrote a record without a tab");
        var facts = record[..tab];
        var size = facts[(facts.LastIndexOf(Space) + 1)..];
        _ = Utf8Parser.TryParse(size, out long bytes, out _);
        return new(record[(tab + 1)..], facts.StartsWith("160000 "u8), bytes);
    }
}
