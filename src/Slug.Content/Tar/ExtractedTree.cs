using System.Buffers;
using System.Formats.Tar;

namespace Slug.Content.Tar;

/// <summary>The directory that a tar is unpacked to. It knows which of its directories are real, so that no name is looked at twice.</summary>
internal sealed class ExtractedTree
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CopySize = 128 * 1024;

    private readonly string root;
    private readonly HashSet<string> directories = [""];
    private readonly List<(string Path, UnixFileMode Mode, DateTimeOffset ModifiedAt)> pending = [];

    internal ExtractedTree(string root)
    {
        this.root = root;
        Directory.CreateDirectory(root);
    }

    /// <summary>A name that comes again takes the place of the earlier, unless that is a directory.</summary>
    internal bool Replaces { get; init; }

    internal void AddDirectory(ExtractedName name, UnixFileMode mode, DateTimeOffset modifiedAt)
    {
        if (name.Path.Length == 0)
            return;
        Enter(name.Path);
        pending.Add((PathOf(name), mode & Permissions, modifiedAt));
    }

    internal async Task AddFileAsync(ExtractedName name, TarEntry entry, CancellationToken cancellationToken)
    {
        var path = Place(name);
        using var file = Creating(name, () => new NewFile(path));
        if (entry.DataStream is { } data)
            await CopyAsync(data, file, cancellationToken);
        file.Finish(entry.Mode & Permissions, entry.ModificationTime);
    }

    internal void AddSymbolicLink(ExtractedName name, string target)
    {
        var path = Place(name);
        Creating(name, () => File.CreateSymbolicLink(path, target));
    }

    /// <param name="name">The link.</param>
    /// <param name="target">Null for what is left out.</param>
    internal void AddHardLink(ExtractedName name, ExtractedName? target)
    {
        if (target is not { } first || !directories.Contains(ParentOf(first.Path)) || FileFacts.Find(PathOf(first)) is not { Kind: FileKind.RegularFile })
            throw Invalid(name, $"links to '{Quoted.Text(target?.Path ?? "what is left out")}', which is no file that came before");
        // A link to itself is there already, and must not take its own place.
        if (Replaces && first == name)
            return;
        var path = Place(name);
        Creating(name, () => Native.Link(PathOf(first), path) == 0
            ? path
            : throw Native.Failure("linking", Quoted.Text(path)));
    }

    /// <summary>Gives directories their modes and times, which writing into them would have hindered or undone.</summary>
    internal void Complete()
    {
        for (var i = pending.Count - 1; i >= 0; i--)
        {
            Directory.SetLastWriteTimeUtc(pending[i].Path, pending[i].ModifiedAt.UtcDateTime);
            File.SetUnixFileMode(pending[i].Path, pending[i].Mode);
        }
    }

    private static async Task CopyAsync(Stream data, NewFile file, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(CopySize);
        try
        {
            while (await data.ReadAsync(buffer, cancellationToken) is > 0 and var read)
                file.Write(buffer.AsSpan(0, read));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static T Creating<T>(ExtractedName name, Func<T> create)
    {
        try
        {
            return create();
        }
        catch (IOException exists) when (exists.HResult == NewFile.FileExists)
        {
            throw Invalid(name, "is there already; expected each name once");
        }
    }

    private string Place(ExtractedName name)
    {
        if (name.Path.Length == 0)
            throw new InvalidDataException("the archive's root is no directory");
        Enter(ParentOf(name.Path));
        var path = PathOf(name);
        if (Replaces && FileFacts.Find(path) is { Kind: not FileKind.Directory })
            File.Delete(path);
        return path;
    }

    private void Enter(string directory)
    {
        if (directories.Contains(directory))
            return;
        Enter(ParentOf(directory));
        var path = $"{root}/{directory}";
        switch (FileFacts.Find(path))
        {
            case null:
                Directory.CreateDirectory(path);
                break;
            case { Kind: FileKind.Directory }:
                File.SetUnixFileMode(path, File.GetUnixFileMode(path) | Passable);
                break;
            default:
                throw new InvalidDataException($"entry '{Quoted.Text(directory)}' stands for a directory, and is something else already");
        }

        directories.Add(directory);
    }

    private static string ParentOf(string path) =>
        path.LastIndexOf('/') is > 0 and var slash ? path[..slash] : "";

    private string PathOf(ExtractedName name) => $"{root}/{name.Path}";

    private static InvalidDataException Invalid(ExtractedName name, string fault) =>
        new($"entry '{Quoted.Text(name.Path)}' {fault}");
}
