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
        try
        {
            using var json = JsonDocument.Parse(text, lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object || !json.RootElement.TryGetProperty("buildpacks", out var list))
                return [];
            return list.ValueKind switch
            {
                JsonValueKind.Array => [.. list.EnumerateArray().Select(One)],
                JsonValueKind.Null => [],
                _ => throw BuildpackException.NotAList(Short(list)),
            };
        }
        catch (JsonException mistake)
        {
            throw BuildpackException.NotJson(mistake.Message, mistake);
        }
    }

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
    private static string Short(JsonElement value) => value.ValueKind.ToString().ToLowerInvariant();
}
