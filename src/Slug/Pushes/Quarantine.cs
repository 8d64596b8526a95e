namespace Slug.Pushes;

/// <summary>Where git keeps a push's objects until its hook has accepted them (git-receive-pack, "Quarantine Environment").</summary>
internal sealed record Quarantine
{
    private const string Prefix = "tmp_objdir-incoming-";

    private Quarantine(string directory) => Directory = directory;

    public string Directory { get; }

    /// <summary>It ends with the verdict: from then on its objects are the repository's, or nobody's.</summary>
    public bool Exists => System.IO.Directory.Exists(Directory);

    /// <summary>The quarantine that a hook names; null where it is not one of this repository.</summary>
    public static Quarantine? Of(Repository repository, string directory)
    {
        var full = Path.GetFullPath(directory);
        var ours = Path.GetDirectoryName(full) == repository.Objects && Path.GetFileName(full).StartsWith(Prefix, StringComparison.Ordinal);
        return ours ? new(full) : null;
    }
}
