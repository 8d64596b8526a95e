namespace Slug.Content.Sources;

/// <summary>A list of patterns that name files, each with gitignore's meaning (gitignore(5), "PATTERN FORMAT"); without negation.</summary>
/// <param name="lines">One pattern each, neither blank nor a comment.</param>
public sealed class PathPatterns(IEnumerable<string> lines)
{
    private readonly List<IgnorePattern> patterns = [.. lines.Select(line => new IgnorePattern(line))];

    /// <summary>Whether any of them names this path.</summary>
    /// <param name="path">Relative to the root, with slashes.</param>
    /// <param name="isDirectory">A real folder: a link to one is a file.</param>
    public bool Match(string path, bool isDirectory) => patterns.Exists(pattern => pattern.Matches(path, isDirectory));
}
