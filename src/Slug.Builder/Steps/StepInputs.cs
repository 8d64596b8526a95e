using System.IO.Enumeration;
using Slug.Builder.Buildpacks;
using Slug.Content.Sources;

namespace Slug.Builder.Steps;

/// <summary>
/// What a step declares to read, in <c>dependencies.inputs</c>: a pattern of .slugignore's form per line for the app's files,
/// and after <c>$</c> one for the names of config vars.
/// </summary>
internal sealed class StepInputs
{
    public const string FileName = "dependencies.inputs";

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = FileAttributes.None, RecurseSubdirectories = true };

    private readonly PathPatterns files;
    private readonly PathPatterns configVars;

    private StepInputs(IReadOnlyList<string> lines)
    {
        files = new(lines.Where(line => !line.StartsWith('$')));
        configVars = new(lines.Where(line => line.StartsWith('$')).Select(line => line[1..]));
    }

    /// <exception cref="FileNotFoundException">The buildpack declares nothing.</exception>
    public static StepInputs Of(Buildpack buildpack) =>
        new([.. File.ReadLines(Path.Combine(buildpack.Directory, FileName)).Select(line => line.Trim()).Where(line => line.Trim('$', '/').Length > 0 && !line.StartsWith('#'))]);

    public bool NamesConfigVar(string name) => configVars.Match(name, isDirectory: false);

    /// <summary>Every path that a pattern names, what is in a folder that one names, and the folders above.</summary>
    public IReadOnlySet<string> NamedIn(string app)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        var whole = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, isDirectory) in Entries(app))
        {
            if (!whole.Contains(Above(path)) && !files.Match(path, isDirectory))
                continue;
            if (isDirectory)
                whole.Add(path);
            var at = path;
            while (at.Length > 0 && named.Add(at))
                at = Above(at);
        }

        return named;
    }

    private static FileSystemEnumerable<(string Path, bool IsDirectory)> Entries(string app) =>
        new(app, (ref FileSystemEntry entry) => (entry.ToFullPath()[(app.Length + 1)..], IsFolder(ref entry)), Everything)
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => IsFolder(ref entry),
        };

    private static bool IsFolder(ref FileSystemEntry entry) => entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0;

    private static string Above(string path) => path[..Math.Max(0, path.LastIndexOf('/'))];
}
