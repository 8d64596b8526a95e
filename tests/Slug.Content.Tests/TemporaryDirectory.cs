namespace Slug.Content.Tests;

/// <summary>A directory of its own for one test, gone with it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("slug-content-");

    internal string Path => directory.FullName;

    internal string this[string name] => System.IO.Path.Combine(Path, name);

    internal string Folder(string name) => Directory.CreateDirectory(this[name]).FullName;

    public void Dispose() => Program.Run("rm", "-rf", Path);
}
