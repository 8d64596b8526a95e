using System.IO.Enumeration;

namespace Slug.Stacks;

/// <summary>Which paths of a package are left out; <c>*</c> stands for any characters, slashes too, as dpkg has it.</summary>
internal sealed record PathRules(IReadOnlyList<string> Excluded, IReadOnlyList<string> Included)
{
    public bool LeavesOut(string path) => AnyMatch(Excluded, path) && !AnyMatch(Included, path);

    /// <summary>The same rules as lines of dpkg's configuration, so that excluded files are not even unpacked.</summary>
    public IEnumerable<string> ToDpkgOptions() =>
    [
        .. Excluded.Select(pattern => $"path-exclude={pattern}"),
        .. Included.Select(pattern => $"path-include={pattern}"),
    ];

    private static bool AnyMatch(IReadOnlyList<string> patterns, string path)
    {
        foreach (var pattern in patterns)
            if (FileSystemName.MatchesSimpleExpression(pattern, path, ignoreCase: false))
                return true;
        return false;
    }
}
