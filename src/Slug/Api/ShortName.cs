using System.Text.RegularExpressions;

namespace Slug.Api;

/// <summary>What tokens and hooks are called.</summary>
internal static partial class ShortName
{
    public const string Rule = "1 to 40 letters, digits, dots, dashes and underscores";

    public static bool IsOne(string? text) => text is not null && Form().IsMatch(text);

    [GeneratedRegex(@"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
