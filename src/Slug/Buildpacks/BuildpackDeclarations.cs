using System.Text.Json;

namespace Slug.Buildpacks;

/// <summary>Reads the buildpacks that an app's own files name. None is an answer: then the file does not choose.</summary>
internal static class BuildpackDeclarations
{
    public const string AppJson = "app.json";
    public const string DotBuildpacks = ".buildpacks";

    private static readonly JsonDocumentOptions lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The list <c>buildpacks</c> of an app.json: text, or objects with a <c>url</c>.</summary>
    /// <exception cref="BuildpackException">The file is no JSON, or the list is none.</exception>
    public static IReadOnlyList<string> OfAppJson(string text)
    {
        using var json = Parse(text);
        return ListIn(json.RootElement);
    }

    /// <summary>An app.json, as leniently as people write it.</summary>
    /// <exception cref="BuildpackException">The file is no JSON.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            return JsonDocument.Parse(text, lenient);
        }
        catch (JsonException mistake)
        {
            throw BuildpackException.NotJson(mistake.Message, mistake);
        }
    }

    /// <summary>The list <c>buildpacks</c> of an object in it.</summary>
    /// <exception cref="BuildpackException">The list is none.</exception>
    public static IReadOnlyList<string> ListIn(JsonElement element) => Member(element, "buildpacks") switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select(One)],
        { } other => throw BuildpackException.NotAList(Short(other)),
    };

    /// <summary>A member that is there and not null.</summary>
    public static JsonElement? Member(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    /// <summary>The words of a file <c>.buildpacks</c>, lines that begin with # left out.</summary>
    public static IReadOnlyList<string> OfDotBuildpacks(string text) =>
    [
        .. text.Split('\n').Where(line => !line.TrimStart().StartsWith('#'))
            .SelectMany(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
    ];

    private static string One(JsonElement entry) => entry switch
    {
        { ValueKind: JsonValueKind.String } => entry.GetString()!.Trim(),
        { ValueKind: JsonValueKind.Object } when entry.TryGetProperty("url", out var url) && url.ValueKind == JsonValueKind.String => url.GetString()!.Trim(),
        _ => throw BuildpackException.NotAList(Short(entry)),
    };

    // A whole value may be long, and hold an address with a password.
    public static string Short(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();
}
