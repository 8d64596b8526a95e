namespace Slug.Content.Sources;

/// <summary>One line of <c>.slugignore</c>, with gitignore's meaning (gitignore(5), "PATTERN FORMAT").</summary>
internal sealed class IgnorePattern
{
    private readonly bool directoriesOnly;
    private readonly bool anchored;
    private readonly string[] components;

    /// <param name="line">A line that is neither blank, nor a comment, nor a negation.</param>
    public IgnorePattern(string line)
    {
        directoriesOnly = line.EndsWith('/');
        var pattern = directoriesOnly ? line[..^1] : line;
        anchored = pattern.Contains('/', StringComparison.Ordinal);
        components = (pattern.StartsWith('/') ? pattern[1..] : pattern).Split('/');
    }

    /// <param name="path">Relative to the app, with slashes.</param>
    /// <param name="isDirectory">A real folder: a link to one is a file.</param>
    public bool Matches(string path, bool isDirectory)
    {
        if (directoriesOnly && !isDirectory)
            return false;
        var names = path.Split('/');
        return anchored ? Matches(components, names) : Wildcard.Matches(components[0], names[^1]);
    }

    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> names)
    {
        if (pattern.IsEmpty || names.IsEmpty)
            return pattern.IsEmpty && names.IsEmpty;
        if (pattern[0] != "**")
            return Wildcard.Matches(pattern[0], names[0]) && Matches(pattern[1..], names[1..]);
        // At the end ** is everything inside; elsewhere any number of folders, none included.
        if (pattern.Length == 1)
            return true;
        for (var skipped = 0; skipped < names.Length; skipped++)
        {
            if (Matches(pattern[1..], names[skipped..]))
                return true;
        }

        return false;
    }
}
