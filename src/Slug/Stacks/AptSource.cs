namespace Slug.Stacks;

/// <summary>One entry of an apt configuration: an archive, its suites, and whose keys sign it.</summary>
internal sealed record AptSource
{
    public required IReadOnlyList<string> Uris { get; init; }

    public required IReadOnlyList<string> Suites { get; init; }

    public required IReadOnlyList<string> Components { get; init; }

    /// <summary>Further fields by their deb822 names: Signed-By, Trusted, Architectures, …</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>What of this entry serves a release: its own suite and that suite's updates; null where nothing does.</summary>
    public AptSource? For(string suite, IReadOnlyList<string> components)
    {
        string[] family = [suite, $"{suite}-updates", $"{suite}-security", $"{suite}/updates"];
        var narrowed = this with
        {
            Suites = [.. Suites.Where(family.Contains)],
            Components = [.. components.Where(Components.Contains)],
        };
        return narrowed.Suites.Count > 0 && narrowed.Components.Count > 0 ? narrowed : null;
    }

    /// <summary>The entry as a deb822 stanza, sources.list(5).</summary>
    public string ToStanza() => string.Concat(
    [
        "Types: deb\n",
        $"URIs: {string.Join(' ', Uris)}\n",
        $"Suites: {string.Join(' ', Suites)}\n",
        $"Components: {string.Join(' ', Components)}\n",
        .. Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}: {field.Value}\n"),
    ]);
}
