using System.IO.Enumeration;
using Slug.Content.Tar;

namespace Slug.Content.Trees;

/// <summary>A file, or a directory with all below it: the room it takes in a tar, and when anything in it was last read or changed.</summary>
/// <param name="Size">In bytes, each file with its header and padding; hard links count each time.</param>
/// <param name="UsedAt">The latest access of a file or change of anything, by the file system's clock; where it keeps no access times, the latest change.</param>
public readonly record struct TreeUse(long Size, DateTimeOffset UsedAt)
{
    private const int Block = 512;

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };

    /// <summary>Measures what is there; what vanishes or may not be read meanwhile is left out.</summary>
    public static TreeUse Of(string path)
    {
        var (size, usedAt) = (0L, DateTimeOffset.MinValue);
        var pending = new Stack<string>([path]);
        while (pending.TryPop(out var next))
        {
            if (FileFacts.Find(next) is not { } facts)
                continue;
            size += Block + (facts.Kind == FileKind.RegularFile ? (facts.Size + Block - 1) / Block * Block : 0);
            // A folder is read by whoever looks for something to delete.
            var used = facts.Kind == FileKind.RegularFile && facts.AccessedAt > facts.ChangedAt ? facts.AccessedAt : facts.ChangedAt;
            usedAt = used > usedAt ? used : usedAt;
            if (facts.Kind != FileKind.Directory)
                continue;
            foreach (var name in new FileSystemEnumerable<string>(next, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything))
                pending.Push(Path.Join(next, name));
        }

        return new(size, usedAt);
    }
}
