using System.IO.Enumeration;
using Slug.Content.Tar;

namespace Slug.Content.Trees;

/// <summary>Moves what is in one directory into another on the same file system, by renaming: no content is read.</summary>
public static class TreeMove
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None };

    /// <summary>Moves all that has no counterpart. What is there stays: of two directories the contents are merged, of anything else the newcomer is left where it was.</summary>
    /// <param name="from">Is left with what was not moved.</param>
    /// <param name="into">Created when missing.</param>
    /// <returns>The paths, relative to <paramref name="into"/>, that are now there with all below them and were not before.</returns>
    /// <exception cref="TreeConflictException">One has a folder where the other has none.</exception>
    /// <exception cref="IOException">A name cannot be moved.</exception>
    public static IReadOnlyList<string> Merge(string from, string into)
    {
        Directory.CreateDirectory(into);
        var moved = new List<string>();
        Merge(from, into, "", moved);
        return moved;
    }

    private static void Merge(string from, string into, string prefix, List<string> moved)
    {
        foreach (var name in Names(from))
        {
            var (source, target) = ($"{from}/{name}", $"{into}/{name}");
            if (FileFacts.Find(target) is not { } there)
            {
                if (Native.Rename(source, target) != 0)
                    throw Native.Failure("move", Quoted.Text(source));
                moved.Add(prefix + name);
            }
            else if ((there.Kind == FileKind.Directory) != (FileFacts.Find(source)?.Kind == FileKind.Directory))
            {
                throw new TreeConflictException(prefix + name);
            }
            else if (there.Kind == FileKind.Directory)
            {
                Merge(source, target, $"{prefix}{name}/", moved);
            }
        }
    }

    internal static string[] Names(string directory) =>
        [.. new FileSystemEnumerable<string>(directory, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)];
}

/// <summary>Two trees cannot be one: at this path one has a folder and the other has none.</summary>
public sealed class TreeConflictException(string path) : Exception($"'{path}' is a folder in one of two trees alone")
{
    /// <summary>Relative to the trees.</summary>
    public string Path { get; } = path;
}
