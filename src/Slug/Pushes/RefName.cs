using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace Slug.Pushes;

/// <summary>A full ref name by the rules of git-check-ref-format, in UTF-8: fit for a path below the repository.</summary>
internal readonly record struct RefName : IParsable<RefName>
{
    /// <summary>The longest component that a file system takes, less git's own ".lock".</summary>
    private const int LongestComponent = 250;

    // What bytes that are no UTF-8 are read as: such a name would not be found again on disk.
    private const char NotUnicode = '\ufffd';

    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";

    private static readonly SearchValues<char> forbidden = SearchValues.Create($" ~^:?*[\\\x7f{NotUnicode}");

    private readonly string? value;

    private RefName(string value) => this.value = value;

    public bool IsTag => ToString().StartsWith(Tags, StringComparison.Ordinal);

    /// <summary>The branch this ref is, without <c>refs/heads/</c>; null for any other ref.</summary>
    public string? Branch => ToString().StartsWith(Heads, StringComparison.Ordinal) ? ToString()[Heads.Length..] : null;

    public static RefName OfBranch(string branch) => Parse(Heads + branch);

    public static RefName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not a ref name");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out RefName result)
    {
        var valid = s is not null
            && s.StartsWith("refs/", StringComparison.Ordinal)
            && !s.Contains("..", StringComparison.Ordinal)
            && !s.Contains("@{", StringComparison.Ordinal)
            && !s.EndsWith('.')
            && s.Split('/') is { Length: >= 3 } components
            && Array.TrueForAll(components, IsComponent);
        result = valid ? new(s!) : default;
        return valid;
    }

    public override string ToString() => value ?? throw new InvalidOperationException("a default RefName names nothing");

    private static bool IsComponent(string component) =>
        component.Length > 0
        && System.Text.Encoding.UTF8.GetByteCount(component) <= LongestComponent
        && component[0] != '.'
        && !component.EndsWith(".lock", StringComparison.Ordinal)
        && component.AsSpan().IndexOfAny(forbidden) < 0
        && !component.AsSpan().ContainsAnyInRange('\0', '\x1f');
}
