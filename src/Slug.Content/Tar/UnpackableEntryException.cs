namespace Slug.Content.Tar;

/// <summary>A file that cannot be part of a layer. The app's fault: its build left it there.</summary>
public sealed class UnpackableEntryException(string path, string kind, Exception? cause = null)
    : IOException($"'{Quoted.Text(path)}' is {kind}; a layer holds directories, regular files and links; remove it in the build", cause)
{
    /// <summary>The file's path on disk.</summary>
    public string Path => path;

    /// <summary>What it is, with its article: "a socket", "a FIFO", "a file that changed while it was packed".</summary>
    public string Kind => kind;
}
