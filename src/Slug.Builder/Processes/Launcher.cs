namespace Slug.Builder.Processes;

/// <summary>Writes <c>.slug/launch</c> and <c>.slug/processes</c>, by which a droplet starts itself.</summary>
internal static class Launcher
{
    /// <summary>Where both are, in the app.</summary>
    public const string Folder = ".slug";

    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;
    private const UnixFileMode Readable = (UnixFileMode)0b110_100_100;

    public static void Write(string app, ProcessTypes processes)
    {
        var directory = Path.Combine(app, Folder);
        Clear(directory);
        Directory.CreateDirectory(directory, Executable);
        using (var script = typeof(Launcher).Assembly.GetManifestResourceStream("launch")!)
        using (var launch = Create(directory, "launch", Executable))
            script.CopyTo(launch);
        using var list = new StreamWriter(Create(directory, "processes", Readable));
        foreach (var (name, command) in processes)
            list.Write($"{name}: {command}\n");
    }

    // The app may have brought its own, also as a link to elsewhere.
    private static void Clear(string path)
    {
        if (Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null)
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }

    private static FileStream Create(string directory, string name, UnixFileMode mode)
    {
        var path = Path.Combine(directory, name);
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        File.SetUnixFileMode(file.SafeFileHandle, mode);
        return file;
    }
}
