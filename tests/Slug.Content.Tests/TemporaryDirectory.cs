namespace Slug.Content.Tests;

/// <summary>A directory of its own for one test, gone with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("slug-content-");

    internal string Path => directory.FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    /// <summary>A file with these permission bits, and the folders that it is in.</summary>
    internal void Write(string name, string content, string mode)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], content);
        Program.Run("chmod", mode, this[name]);
    }

    public void Dispose() => Program.Run("rm", "-rf", Path);
}
