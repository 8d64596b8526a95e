using System.Globalization;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources;

/// <summary>Counts a tree's records as they come, and says when they are too many, too large or too deep.</summary>
internal sealed class SourceCount(SourceOptions options)
{
    /// <summary>The longest name and path that Linux opens, less what stands before it when it is unpacked.</summary>
    private const int LongestName = 255;
    private const int LongestPath = 4000;

    private const int MostGitlinks = 1000;

    private readonly List<Gitlink> gitlinks = [];
    private readonly Dictionary<ObjectId, PointerCandidate> candidates = [];
    private int entries;
    private long bytes;

    /// <summary>A record longer than this is refused for its path alone.</summary>
    public const int LongestRecord = LongestPath + 128;

    public SourceTally Tally => new(entries, bytes) { Gitlinks = gitlinks };

    /// <summary>Files of a length that pointers of Git LFS have: few, so that only these need to be read.</summary>
    public IReadOnlyDictionary<ObjectId, PointerCandidate> PointerCandidates => candidates;

    /// <summary>Why the tree is refused with this record; null while it is not.</summary>
    public string? Add(ReadOnlySpan<byte> record)
    {
        var entry = TreeEntry.Read(record);
        entries++;
        bytes += entry.Size;
        if (entry.IsSubmodule && gitlinks.Count < MostGitlinks)
            gitlinks.Add(new(entry.PathText, entry.Id));
        if (entry.Size is >= LargeFilePointer.ShortestFile and <= LargeFilePointer.LongestFile)
            candidates[entry.Id] = candidates.TryGetValue(entry.Id, out var known) ? known with { Copies = known.Copies + 1 } : new(entry.PathText, 1);
        if (entries > options.Entries)
            return Text($"SLUG2002: the source has more than {options.Entries} files and folders; leave out what a build can fetch or make, or ask the operator for a larger --source-entries");
        if (bytes > options.Bytes)
            return TooLarge(options.Bytes, entry.PathText);
        if (entry.Depth > options.Depth)
            return Text($"SLUG2004: '{Readable.Text(entry.PathText)}' lies more than {options.Depth} folders deep; move it up");
        if (entry.Name.Length > LongestName)
            return Text($"SLUG2005: the name '{Readable.Text(entry.PathText)}' is longer than {LongestName} bytes; shorten it");
        return entry.Path.Length > LongestPath ? TooLong(record) : null;
    }

    /// <summary>The message for a source that is too large with the file at this path.</summary>
    public static string TooLarge(long limit, string path) =>
        Text($"SLUG2003: the source is larger than {limit} bytes at '{Readable.Text(path)}'; leave out what a build can fetch or make, or ask the operator for a larger --source-limit");

    /// <summary>The message for a record whose path is longer than any file's may be.</summary>
    public static string TooLong(ReadOnlySpan<byte> record) =>
        Text($"SLUG2006: the path '{Readable.Text(TreeEntry.Read(record).PathText)}' is longer than {LongestPath} bytes; shorten it");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A file that may be a pointer: its first path, and how many paths have the same contents.</summary>
internal readonly record struct PointerCandidate(string Path, int Copies);
