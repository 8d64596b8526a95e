using System.Text.Json;
using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>Query strings of the engine's API.</summary>
internal static class EngineQuery
{
    public static string Of(params IEnumerable<(string Name, string Value)> parameters) =>
        "?" + string.Join('&', parameters.Select(parameter => $"{parameter.Name}={Uri.EscapeDataString(parameter.Value)}"));

    /// <summary>The <c>filters</c> parameter that asks for objects with all of these labels.</summary>
    public static (string Name, string Value) Labelled(params IEnumerable<string> labels) => Filter("label", labels);

    public static (string Name, string Value) Filter(string name, params IEnumerable<string> values) =>
        ("filters", JsonSerializer.Serialize(new() { [name] = [.. values] }, EngineJson.Default.DictionaryStringStringArray));
}
