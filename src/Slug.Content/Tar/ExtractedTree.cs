using System.Buffers;
using System.Formats.Tar;

namespace Slug.Content.Tar;

/// <summary>The directory that a tar is unpacked to. It knows which of its directories are real, so that no name is looked at twice.</summary>
internal sealed class ExtractedTree(string root)
{
    private const UnixFileMode Permissions = (UnixFileMode)0x1FF;
    private const UnixFileMode Passable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const int CopySize = 128 * 1024;

    private readonly HashSet<string> directories = [""];
    private readonly List<(string Path, UnixFileMode Mode, DateTimeOffset ModifiedAt)> pending = [];

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

    internal void AddHardLink(ExtractedName name, ExtractedName target)
    {
        var path = Place(name);
        var inside = directories.Contains(ParentOf(target.Path)) && FileFacts.Find(PathOf(target)) is { Kind: FileKind.RegularFile };
        if (!inside)
            throw Invalid(name, $"links to '{Quoted.Text(target.Path)}', which is no file that came before");
        Creating(name, () => Native.Link(PathOf(target), path) == 0
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
        return PathOf(name);
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
