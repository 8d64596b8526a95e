using System.Globalization;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Counts a tree's records as they come, and says when they are too many, too large or too deep.</summary>
internal sealed class SourceCount(SourceOptions options)
{
    /// <summary>The longest name and path that Linux opens, less what stands before it when it is unpacked.</summary>
    private const int LongestName = 255;
    private const int LongestPath = 4000;

    private const int ShownSubmodules = 20;

    private readonly List<string> submodules = [];
    private int entries;
    private long bytes;

    /// <summary>A record longer than this is refused for its path alone.</summary>
    public const int LongestRecord = LongestPath + 128;

    public SourceTally Tally => new(entries, bytes, submodules);

    /// <summary>Why the tree is refused with this record; null while it is not.</summary>
    public string? Add(ReadOnlySpan<byte> record)
    {
        var entry = TreeEntry.Read(record);
        entries++;
        bytes += entry.Size;
        if (entry.IsSubmodule && submodules.Count < ShownSubmodules)
            submodules.Add(entry.PathText);
        if (entries > options.Entries)
            return Text($"SLUG2002: the source has more than {options.Entries} files and folders; expected fewer; leave out what a build can fetch or make");
        if (bytes > options.Bytes)
            return Text($"SLUG2003: the source is larger than {options.Bytes} bytes at '{Readable.Text(entry.PathText)}'; leave out what a build can fetch or make");
        if (entry.Depth > options.Depth)
            return Text($"SLUG2004: '{Readable.Text(entry.PathText)}' lies more than {options.Depth} folders deep; move it up");
        if (entry.Name.Length > LongestName)
            return Text($"SLUG2005: the name '{Readable.Text(entry.PathText)}' is longer than {LongestName} bytes; shorten it");
        return entry.Path.Length > LongestPath ? TooLong(record) : null;
    }

    /// <summary>The message for a record whose path is longer than any file's may be.</summary>
    public static string TooLong(ReadOnlySpan<byte> record) =>
        Text($"SLUG2006: the path '{Readable.Text(TreeEntry.Read(record).PathText)}' is longer than {LongestPath} bytes; shorten it");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
