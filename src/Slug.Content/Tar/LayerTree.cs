using System.IO.Enumeration;
using System.Text;

namespace Slug.Content.Tar;

/// <summary>A directory tree in the order in which a layer has it: by the bytes of full names, a directory's with its slash.</summary>
internal static class LayerTree
{
    private const string NoCharacter = "\uFFFD";

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.None,
        IgnoreInaccessible = false,
        ReturnSpecialDirectories = false,
    };

    /// <summary>The root and all below it. A directory is listed when its own entry has been taken.</summary>
    internal static IEnumerable<LayerFile> Walk(string root, string prefix, Func<string, bool, bool> leavesOut)
    {
        var pending = new Stack<LayerFile>();
        pending.Push(Describe(root, Encoding.UTF8.GetBytes(prefix)));
        while (pending.TryPop(out var file))
        {
            yield return file;
            if (file.Facts.Kind != FileKind.Directory)
                continue;
            var children = List(file, (path, isDirectory) => leavesOut(path[(root.Length + 1)..], isDirectory));
            for (var i = children.Length - 1; i >= 0; i--)
                pending.Push(children[i]);
        }
    }

    private static LayerFile[] List(LayerFile directory, Func<string, bool, bool> leavesOut)
    {
        try
        {
            var names = new FileSystemEnumerable<string>(directory.Path, (ref FileSystemEntry entry) => entry.FileName.ToString(), Everything)
            {
                // What is left out is not even described: it may be a socket.
                ShouldIncludePredicate = (ref FileSystemEntry entry) => !leavesOut(
                    $"{directory.Path}/{entry.FileName}", entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0),
            };
            var children = names.Select(name => Describe(directory, name)).ToArray();
            Array.Sort(children, static (one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
            return children;
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new UnpackableEntryException(directory.Path, "a directory that may not be read", cause);
        }
    }

    private static LayerFile Describe(LayerFile directory, string name)
    {
        var path = $"{directory.Path}/{name}";
        // .NET reads names as UTF-8 and cannot open what is none: without this check such a name would be changed, or vanish.
        if (name.Contains(NoCharacter, StringComparison.Ordinal))
            throw new UnpackableEntryException(path, "a name that is not UTF-8");
        var full = new byte[directory.Name.Length + Encoding.UTF8.GetByteCount(name)];
        directory.Name.CopyTo(full, 0);
        Encoding.UTF8.GetBytes(name, full.AsSpan(directory.Name.Length));
        return Describe(path, full);
    }

    private static LayerFile Describe(string path, byte[] name) => FileFacts.Find(path) switch
    {
        null => throw new UnpackableEntryException(path, "a file that vanished while it was packed"),
        { Kind: FileKind.Directory } facts => new(path, [.. name, (byte)'/'], facts),
        { Kind: FileKind.RegularFile or FileKind.SymbolicLink } facts => new(path, name, facts),
        { Kind: var kind } => throw new UnpackableEntryException(path, Words(kind)),
    };

    private static string Words(FileKind kind) => kind switch
    {
        FileKind.Fifo => "a FIFO",
        FileKind.Socket => "a socket",
        FileKind.CharacterDevice => "a character device",
        FileKind.BlockDevice => "a block device",
        _ => "a file of an unknown kind",
    };
}

/// <summary>One file of the tree: its path on disk and the name that its entry will have.</summary>
internal readonly record struct LayerFile(string Path, byte[] Name, FileFacts Facts);
