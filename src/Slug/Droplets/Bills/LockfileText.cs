using System.Text;
using System.Text.Json;

namespace Slug.Droplets.Bills;

/// <summary>Lockfiles as they are read: strangers wrote them. No recursion, no expression that could take its time.</summary>
internal static class LockfileText
{
    // npm's first form nests two levels per package.
    private static readonly JsonDocumentOptions options = new() { MaxDepth = 128, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="JsonException">It is no JSON, or too deep.</exception>
    public static JsonDocument Json(byte[] file) => JsonDocument.Parse(WithoutMark(file), options);

    public static IEnumerable<string> Lines(byte[] file) =>
        Encoding.UTF8.GetString(WithoutMark(file).Span).Split('\n').Select(line => line.TrimEnd('\r'));

    /// <summary>The members of an object; none where it is another thing.</summary>
    public static IEnumerable<JsonProperty> Members(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Object } found ? found.EnumerateObject() : [];

    public static IEnumerable<JsonElement> Items(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.Array } found ? found.EnumerateArray() : [];

    public static string? Text(this JsonElement element, string name) =>
        element.Member(name) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static bool Says(this JsonElement element, string name) => element.Member(name) is { ValueKind: JsonValueKind.True };

    private static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var member) ? member : null;

    // Some editors begin a file with U+FEFF.
    private static ReadOnlyMemory<byte> WithoutMark(byte[] file) => file.AsSpan().StartsWith("\uFEFF"u8) ? file.AsMemory(3) : file;
}
