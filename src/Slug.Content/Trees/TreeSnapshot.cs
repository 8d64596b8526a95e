using Slug.Content.Tar;

namespace Slug.Content.Trees;

/// <summary>What some files and folders of a tree were at one moment, by what the file system says of them: any write, link, rename or change of mode shows.</summary>
public sealed class TreeSnapshot
{
    private readonly string root;

    // Folders before what is in them.
    private readonly List<(string Path, FileFacts Facts)> entries = [];

    private TreeSnapshot(string root) => this.root = root;

    /// <summary>Looks at the named paths and all below them.</summary>
    /// <param name="root">The tree.</param>
    /// <param name="paths">Relative to it, with slashes.</param>
    public static TreeSnapshot Of(string root, IEnumerable<string> paths)
    {
        var snapshot = new TreeSnapshot(root);
        foreach (var path in paths)
            snapshot.Add(path);
        return snapshot;
    }

    /// <summary>
    /// The paths that are still what they were; a folder only with all that is in it.
    /// Null where something is gone, or is of another kind: no layer on top of these files can say that.
    /// </summary>
    public IReadOnlySet<string>? Unchanged()
    {
        var unchanged = new HashSet<string>(entries.Count, StringComparer.Ordinal);
        var changed = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, then) in Enumerable.Reverse(entries))
        {
            if (FileFacts.Find($"{root}/{path}") is not { } now || now.Kind != then.Kind)
                return null;
            if (!changed.Contains(path) && now with { AccessedAt = then.AccessedAt } == then)
                unchanged.Add(path);
            else
                changed.Add(path[..Math.Max(0, path.LastIndexOf('/'))]);
        }

        return unchanged;
    }

    private void Add(string path)
    {
        if (FileFacts.Find($"{root}/{path}") is not { } facts)
            return;
        entries.Add((path, facts));
        if (facts.Kind != FileKind.Directory)
            return;
        foreach (var name in TreeMove.Names($"{root}/{path}"))
            Add($"{path}/{name}");
    }
}
