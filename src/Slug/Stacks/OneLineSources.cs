using System.Text.RegularExpressions;

namespace Slug.Stacks;

/// <summary>The form <c>deb [option=value …] uri suite component …</c>.</summary>
internal static partial class OneLineSources
{
    private static readonly Dictionary<string, string> FieldNames = new(StringComparer.OrdinalIgnoreCase)
    {
        ["arch"] = "Architectures",
        ["signed-by"] = "Signed-By",
        ["trusted"] = "Trusted",
        ["check-valid-until"] = "Check-Valid-Until",
        ["check-date"] = "Check-Date",
        ["allow-insecure"] = "Allow-Insecure",
        ["by-hash"] = "By-Hash",
    };

    /// <summary>Entries of binary packages; comments and anything else are skipped, as are options that mean nothing to a bootstrap.</summary>
    public static IEnumerable<AptSource> Parse(IEnumerable<string> lines) => lines
        .Select(line => Entries().Match(line.Split('#')[0]))
        .Where(match => match.Success)
        .Select(match => new AptSource
        {
            Uris = [match.Groups["uri"].Value],
            Suites = [match.Groups["suite"].Value],
            Components = Words(match.Groups["components"].Value),
            Fields = Options(match.Groups["options"].Value),
        });

    private static Dictionary<string, string> Options(string text)
    {
        var fields = new Dictionary<string, string>();
        foreach (var option in Words(text))
            if (option.Split('=', 2) is [var name, var value] && FieldNames.TryGetValue(name.TrimEnd('+', '-'), out var field))
                fields[field] = value.Replace(',', ' ');
        return fields;
    }

    private static string[] Words(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    [GeneratedRegex(@"\A\s*deb\s+(?:\[(?<options>[^\]]*)\]\s*)?(?<uri>[^\s\[\]]+)\s+(?<suite>\S+)(?<components>(?:\s+\S+)*)\s*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Entries();
}
