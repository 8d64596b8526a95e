using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Slug.Apps;

/// <summary>An app's name: fit for a host name, a path and a label.</summary>
internal readonly partial record struct AppName : IParsable<AppName>
{
    /// <summary>The rule in words, for messages.</summary>
    public const string Rule = "2 to 30 lower-case letters, digits and dashes, starting with a letter and not ending with a dash";

    // The first segment of a path is an app's name only where it is none of ours.
    private static readonly string[] reserved = ["slug", "healthz", "readyz", "v2", "builder", "dashboard", "api"];

    private readonly string? value;

    private AppName(string value) => this.value = value;

    public static AppName Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is not an app name; expected {Rule}");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AppName result)
    {
        var valid = s is not null && Shape().IsMatch(s) && !reserved.Contains(s);
        result = valid ? new(s!) : default;
        return valid;
    }

    public override string ToString() => value ?? throw new InvalidOperationException("a default AppName names nothing");

    [GeneratedRegex(@"^[a-z][a-z0-9-]{0,28}[a-z0-9]\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
