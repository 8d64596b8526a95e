namespace Slug.Hosting;

/// <summary>Files that their owner alone reads.</summary>
internal static class SecretFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes one that was not there: whole and on disk before it has its name.</summary>
    public static void Create(string path, ReadOnlySpan<byte> content)
    {
        var unfinished = path + ".new";
        File.Delete(unfinished);
        using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        File.Move(unfinished, path);
        // Its name is on disk when this is.
        using var named = File.OpenHandle(path);
        Pushes.Native.SyncFileSystem(named);
    }
}
