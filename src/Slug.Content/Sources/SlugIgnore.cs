namespace Slug.Content.Sources;

/// <summary>The app's <c>.slugignore</c>: what never becomes part of the build. Negation is not part of it.</summary>
public sealed class SlugIgnore
{
    /// <summary>Where it stands in an app.</summary>
    public const string FileName = ".slugignore";

    private SlugIgnore(IReadOnlyList<IgnorePattern> patterns, IReadOnlyList<int> negations) =>
        (Patterns, Negations) = (patterns, negations);

    internal IReadOnlyList<IgnorePattern> Patterns { get; }

    /// <summary>Numbers of the lines that try to keep a file: they have no effect.</summary>
    public IReadOnlyList<int> Negations { get; }

    /// <summary>That of an app in a directory; one without the file leaves out nothing.</summary>
    public static SlugIgnore Read(string root)
    {
        var file = Path.Combine(root, FileName);
        return Parse(File.Exists(file) ? File.ReadLines(file) : []);
    }

    /// <summary>Reads lines of such a file.</summary>
    public static SlugIgnore Parse(IEnumerable<string> lines)
    {
        List<IgnorePattern> patterns = [];
        List<int> negations = [];
        foreach (var (index, line) in lines.Select(WithoutTrailingBlanks).Index())
        {
            if (line.StartsWith('!'))
                negations.Add(index + 1);
            else if (line.Trim('/').Length > 0 && !line.StartsWith('#'))
                patterns.Add(new(line));
        }

        return new(patterns, negations);
    }

    /// <summary>Whether a pattern names this path.</summary>
    /// <param name="path">Relative to the app, with slashes.</param>
    /// <param name="isDirectory">A real folder: a link to one is a file.</param>
    public bool LeavesOut(string path, bool isDirectory) => Patterns.Any(pattern => pattern.Matches(path, isDirectory));

    /// <summary>Deletes what a pattern names, and counts it. Links are deleted, never followed.</summary>
    public int Prune(string root) => Patterns.Count == 0 ? 0 : Prune(new DirectoryInfo(root), "");

    /// <summary>History is never part of a build, whatever the patterns say.</summary>
    public static void DeleteGit(string root)
    {
        var git = new DirectoryInfo(Path.Combine(root, ".git"));
        Delete(git, git.Exists && git.LinkTarget is null);
    }

    private int Prune(DirectoryInfo directory, string prefix)
    {
        var pruned = 0;
        foreach (var entry in directory.EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            var isDirectory = entry is DirectoryInfo && entry.LinkTarget is null;
            if (LeavesOut(path, isDirectory))
            {
                Delete(entry, isDirectory);
                pruned++;
            }
            else if (isDirectory)
            {
                pruned += Prune((DirectoryInfo)entry, path + "/");
            }
        }

        return pruned;
    }

    private static void Delete(FileSystemInfo entry, bool isDirectory)
    {
        if (isDirectory)
            Directory.Delete(entry.FullName, recursive: true);
        else
            File.Delete(entry.FullName);
    }

    // A blank stays where a backslash stands before it.
    private static string WithoutTrailingBlanks(string line)
    {
        line = line.EndsWith('\r') ? line[..^1] : line;
        var end = 0;
        for (var at = 0; at < line.Length; at++)
        {
            if (line[at] == '\\')
                at++;
            else if (line[at] == ' ')
                continue;
            end = Math.Min(at + 1, line.Length);
        }

        return line[..end];
    }
}
