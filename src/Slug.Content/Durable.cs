namespace Slug.Content;

/// <summary>Changes of directories that a power cut does not take back.</summary>
internal static class Durable
{
    /// <summary>Creates a directory and those above it.</summary>
    internal static void CreateDirectory(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(Path.GetFullPath(path));
        if (parent is not null)
            CreateDirectory(parent);
        Directory.CreateDirectory(path);
        if (parent is not null)
            Flush(parent);
    }

    /// <summary>Gives a file, whose bytes are on disk already, its final name; another of that name is replaced at once.</summary>
    internal static void Rename(string temporary, string path)
    {
        File.Move(temporary, path, overwrite: true);
        Flush(Path.GetDirectoryName(path)!);
    }

    private static void Flush(string directory)
    {
        // .NET opens no directories, and a new name is only on disk after its directory is.
        var descriptor = Native.Open(directory, Native.OpenToRead, 0);
        if (descriptor < 0)
            throw Native.Failure("open", directory);
        try
        {
            if (Native.FSync(descriptor) < 0)
                throw Native.Failure("fsync", directory);
        }
        finally
        {
            _ = Native.Close(descriptor);
        }
    }
}
