namespace Slug.Stacks;

/// <summary>The form of stanzas with <c>Name: value</c> fields, where a line that starts with a blank continues the one before.</summary>
internal static class Deb822Sources
{
    private static readonly HashSet<string> Handled = new(StringComparer.OrdinalIgnoreCase)
    {
        "Types", "URIs", "Suites", "Components", "Enabled", "Languages", "Targets", "PDiffs", "X-Repolib-Name",
    };

    /// <summary>Enabled entries of binary packages.</summary>
    public static IEnumerable<AptSource> Parse(IEnumerable<string> lines) =>
        Stanzas(lines.Where(line => !line.StartsWith('#'))).Where(IsUsed).Select(ToSource);

    private static IEnumerable<Dictionary<string, string>> Stanzas(IEnumerable<string> lines)
    {
        var stanza = NewStanza();
        var field = "";
        foreach (var line in lines.Append(""))
        {
            if (string.IsNullOrWhiteSpace(line))
            {
                yield return stanza;
                stanza = NewStanza();
            }
            else if (char.IsWhiteSpace(line[0]))
                stanza[field] = stanza.GetValueOrDefault(field) + "\n " + line.Trim();
            else if (line.Split(':', 2) is [var name, var value])
                stanza[field = name.Trim()] = value.Trim();
        }
    }

    private static bool IsUsed(Dictionary<string, string> stanza) =>
        Words(stanza, "Types").Contains("deb")
        && stanza.GetValueOrDefault("Enabled", "yes").ToLowerInvariant() is not ("no" or "false" or "0")
        && stanza.ContainsKey("URIs") && stanza.ContainsKey("Suites");

    private static AptSource ToSource(Dictionary<string, string> stanza) => new()
    {
        Uris = Words(stanza, "URIs"),
        Suites = Words(stanza, "Suites"),
        Components = Words(stanza, "Components"),
        Fields = stanza.Where(field => !Handled.Contains(field.Key)).ToDictionary(),
    };

    private static Dictionary<string, string> NewStanza() => new(StringComparer.OrdinalIgnoreCase);

    private static string[] Words(Dictionary<string, string> stanza, string field) =>
        stanza.GetValueOrDefault(field, "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
