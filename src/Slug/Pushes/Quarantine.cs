namespace Slug.Pushes;

/// <summary>Where git keeps a push's objects until its hook has accepted them (git-receive-pack, "Quarantine Environment").</summary>
internal sealed record Quarantine
{
    private const string Prefix = "tmp_objdir-incoming-";

    private Quarantine(string directory) => Directory = directory;

    public string Directory { get; }

    /// <summary>It ends with the verdict: from then on its objects are the repository's, or nobody's.</summary>
    public bool Exists => System.IO.Directory.Exists(Directory);

    /// <summary>Those that were put aside, the latest first.</summary>
    public static IReadOnlyList<Quarantine> Aside(Repository repository) =>
        System.IO.Directory.Exists(AsideIn(repository)) ? [.. System.IO.Directory.GetDirectories(AsideIn(repository)).OrderDescending(StringComparer.Ordinal).Select(directory => new Quarantine(directory))] : [];

    /// <summary>A new one, for objects that come in another way than by git's own receiving. At a crash it is swept like git's.</summary>
    public static Quarantine Create(Repository repository)
    {
        var directory = Path.Combine(repository.Objects, $"{Prefix}{Guid.NewGuid():N}");
        System.IO.Directory.CreateDirectory(Path.Combine(directory, "pack"));
        return new(directory);
    }

    /// <summary>Gives the objects to the repository, in git's own order: of a pack, what makes it known comes last.</summary>
    public void Accept(Repository repository)
    {
        var files = System.IO.Directory.GetFiles(Directory, "*", SearchOption.AllDirectories);
        foreach (var file in files.OrderBy(file => file.EndsWith(".idx", StringComparison.Ordinal)))
        {
            var target = Path.Combine(repository.Objects, Path.GetRelativePath(Directory, file));
            System.IO.Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Move(file, target, overwrite: true);
        }
    }

    /// <summary>Puts it where git, which would remove it, does not look for it; under an id that counts up with time. One that is there already stays.</summary>
    public void PutAside(Repository repository, Guid id)
    {
        if (Path.GetDirectoryName(Directory) == AsideIn(repository))
            return;
        System.IO.Directory.CreateDirectory(AsideIn(repository));
        var aside = Path.Combine(AsideIn(repository), $"{id:D}");
        System.IO.Directory.Move(Directory, aside);
        // git holds its own packs by such files until it has accepted them; nobody would take these away again.
        foreach (var hold in System.IO.Directory.GetFiles(aside, "*.keep", SearchOption.AllDirectories))
            File.Delete(hold);
    }

    /// <summary>Removes it with what is still in it.</summary>
    public void Remove()
    {
        if (Exists)
            System.IO.Directory.Delete(Directory, recursive: true);
    }

    /// <summary>The quarantine that a hook names; null where it is not one of this repository.</summary>
    public static Quarantine? Of(Repository repository, string directory)
    {
        var full = Path.GetFullPath(directory);
        var ours = Path.GetDirectoryName(full) == repository.Objects && Path.GetFileName(full).StartsWith(Prefix, StringComparison.Ordinal);
        return ours ? new(full) : null;
    }

    private static string AsideIn(Repository repository) => Path.Combine(repository.Directory, "rejected");
}
