using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Slug.Apps;

/// <summary>The folder of a repository that is an app's source; the default is the whole repository.</summary>
internal readonly record struct SourceFolder : IParsable<SourceFolder>
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "a folder of the repository, like 'apps/web', without '..'; '.' is the whole repository";

    private const int LongestPath = 1000;

    private readonly string? path;

    private SourceFolder(string path) => this.path = path;

    public bool IsWhole => Path.Length == 0;

    /// <summary>With slashes between its parts and none at its ends; empty for the whole repository.</summary>
    public string Path => path ?? "";

    public static SourceFolder Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var folder) ? folder : throw new FormatException($"'{s}' is not a source folder; expected {Rule}");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SourceFolder result)
    {
        result = default;
        if (s is null || Encoding.UTF8.GetByteCount(s) > LongestPath || s.Any(char.IsControl))
            return false;
        var parts = s.Split('/', StringSplitOptions.RemoveEmptyEntries).Where(part => part != ".").ToArray();
        if (parts.Contains(".."))
            return false;
        result = new(string.Join('/', parts));
        return true;
    }

    public override string ToString() => IsWhole ? "." : Path;
}
