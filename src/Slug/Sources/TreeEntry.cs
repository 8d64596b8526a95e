using System.Buffers.Text;
using System.Text;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>A record of <c>git ls-tree -r -t -l -z</c>: mode, type, object and size, a tab, the path.</summary>
internal readonly ref struct TreeEntry
{
    private const byte Tab = (byte)'\t';
    private const byte Space = (byte)' ';
    private const byte Slash = (byte)'/';

    private TreeEntry(ReadOnlySpan<byte> path, ReadOnlySpan<byte> id, bool isSubmodule, bool isFolder, long size)
    {
        Path = path;
        this.id = id;
        IsSubmodule = isSubmodule;
        IsFolder = isFolder;
        Size = size;
    }

    private readonly ReadOnlySpan<byte> id;

    public ReadOnlySpan<byte> Path { get; }

    /// <summary>A blob, a tree, or a submodule's commit.</summary>
    public ObjectId Id => ObjectId.Parse(Encoding.ASCII.GetString(id));

    /// <summary>A commit of another repository.</summary>
    public bool IsSubmodule { get; }

    public bool IsFolder { get; }

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
        // Mode, type, object; the size is padded with blanks in front.
        var id = facts[(facts.IndexOf(Space) + 1)..];
        id = id[(id.IndexOf(Space) + 1)..];
        return new(record[(tab + 1)..], id[..Math.Max(id.IndexOf(Space), 0)], facts.StartsWith("160000 "u8), facts.StartsWith("040000 "u8), bytes);
    }
}
