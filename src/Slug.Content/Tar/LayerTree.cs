using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace Slug.Content.Tar;

/// <summary>
/// A tree of files as it was found, to be packed as one layer or several. Names, modes and sizes are held, contents are read when they are written.
/// </summary>
public sealed class LayerTree
{
    private const int EntriesSize = 32 * 1024;
    private const int NameOffset = 19; // of struct linux_dirent64
    private const int LengthOffset = 16;

    private readonly Func<string, bool, bool> leavesOut;
    private readonly ConcurrentQueue<DroppedTrait> dropped = [];
    private readonly byte[] entries = new byte[EntriesSize];
    private readonly EntryName name;

    private LayerTree(string path, string prefix, Func<string, bool, bool> leavesOut)
    {
        (Path, this.leavesOut) = (path, leavesOut);
        Root = new(Encoding.UTF8.GetBytes(prefix + '/'), FileFacts.Find(path) is { Kind: FileKind.Directory } facts
            ? facts
            : throw new DirectoryNotFoundException($"'{path}' is not a directory; there is nothing to pack"));
        name = new(Root.Name);
        using var root = OpenedFile.Root(path);
        Fill(root, Root);
    }

    /// <summary>What layers do not keep of the files that were read, in the order of their names. It is whole once every layer was written.</summary>
    public IReadOnlyList<DroppedTrait> Dropped =>
        [.. dropped.Distinct().OrderBy(lost => lost.Path, StringComparer.Ordinal).ThenBy(lost => lost.Name, StringComparer.Ordinal)];

    internal string Path { get; }

    internal TreeNode Root { get; }

    /// <summary>Looks at all names below a folder.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="prefix">Its name in the layer, <c>./app</c> for a droplet.</param>
    /// <param name="leavesOut">Asked for each path below it, relative to it, and whether it is a directory: with one goes all that is in it.</param>
    /// <exception cref="UnpackableEntryException">It holds a socket, device or FIFO, a name that is not UTF-8, or a folder that may not be read.</exception>
    /// <exception cref="DirectoryNotFoundException">It is no directory (a link to one is not followed).</exception>
    public static LayerTree Read(string path, string prefix, Func<string, bool, bool> leavesOut) => new(path, prefix, leavesOut);

    /// <summary>All of it as one layer.</summary>
    public LayerPart Whole(LayerModes modes)
    {
        var part = new LayerPart(this, modes);
        part.Add(Root);
        return part;
    }

    /// <summary>Layers by the rule of <see cref="LayerSplit"/>, lowest first. No file is in two of them, and each holds the folders on the way to its files.</summary>
    public IReadOnlyList<LayerPart> Split() => new LayerSplit(this).Parts();

    internal void Drop(EntryName entry, OpenedFile file)
    {
        foreach (var attribute in file.Attributes())
        {
            if (DroppedTrait.IsTold(attribute))
                dropped.Enqueue(new(Quoted.Text(entry.Text), Quoted.Text(attribute)));
        }
    }

    private void Fill(OpenedFile root, TreeNode folder)
    {
        var children = List(root);
        Array.Sort(children, static (one, other) => one.Name.AsSpan().SequenceCompareTo(other.Name));
        var length = name.Length;
        foreach (var child in children)
        {
            name.Append(child.Name);
            if (child.IsDirectory)
                Fill(root, child);
            else if (DroppedTrait.OfMode(child.Mode) is { } bit)
                dropped.Enqueue(new(Quoted.Text(name.Text), bit));
            name.Cut(length);
        }

        folder.Fill(children);
    }

    private TreeNode[] List(OpenedFile root)
    {
        using var folder = root.Folder(name);
        Drop(name, folder);
        var children = new List<TreeNode>();
        nint read;
        while ((read = Native.ReadDirectory(folder.Descriptor, entries, EntriesSize)) > 0)
        {
            for (var rest = entries.AsSpan(0, (int)read); !rest.IsEmpty; rest = rest[MemoryMarshal.Read<ushort>(rest[LengthOffset..])..])
            {
                var entry = rest[NameOffset..];
                entry = entry[..(entry.IndexOf((byte)0) + 1)];
                if (!entry.SequenceEqual(".\0"u8) && !entry.SequenceEqual("..\0"u8) && Describe(folder, entry) is { } child)
                    children.Add(child);
            }
        }

        return read == 0 ? [.. children] : throw Native.Failure("reading", Quoted.Text(folder.PathOf(name)));
    }

    // Null for what is left out: of that nothing is asked, it may be a socket.
    private TreeNode? Describe(OpenedFile folder, ReadOnlySpan<byte> entry)
    {
        var facts = Find(folder, entry);
        var length = name.Length;
        name.Append(entry[..^1]);
        try
        {
            if (leavesOut(name.Text, facts?.Kind == FileKind.Directory))
                return null;
            // Everyone who reads a layer takes names for UTF-8, and would change this one.
            if (!Utf8.IsValid(entry))
                throw new UnpackableEntryException($"{Path}/{Quoted.Bytes(name.Path[..^1])}", "a name that is not UTF-8");
            return facts switch
            {
                null => throw new UnpackableEntryException(folder.PathOf(name), "a file that vanished while it was packed"),
                { Kind: FileKind.Directory } found => new([.. entry[..^1], (byte)'/'], found),
                { Kind: FileKind.RegularFile or FileKind.SymbolicLink } found => new(entry[..^1].ToArray(), found),
                { Kind: var kind } => throw new UnpackableEntryException(folder.PathOf(name), Words(kind)),
            };
        }
        finally
        {
            name.Cut(length);
        }
    }

    private FileFacts? Find(OpenedFile folder, ReadOnlySpan<byte> entry)
    {
        try
        {
            return FileFacts.Find(folder, entry);
        }
        catch (IOException denied) when (denied.HResult == OpenedFile.AccessDenied)
        {
            throw new UnpackableEntryException(folder.PathOf(name), "a directory in which nothing may be looked up", denied);
        }
    }

    private static string Words(FileKind kind) => kind switch
    {
        FileKind.Fifo => "a FIFO",
        FileKind.Socket => "a socket",
        FileKind.CharacterDevice => "a character device",
        FileKind.BlockDevice => "a block device",
        _ => "a file of an unknown kind",
    };
}
