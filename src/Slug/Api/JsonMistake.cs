using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Slug.Pushes;

namespace Slug.Api;

internal enum JsonMistakeKind
{
    NoJson,
    OtherType,
    UnknownMember,
}

/// <summary>Why a body is not what was asked for, with the member that it is about and what was expected.</summary>
internal sealed partial record JsonMistake(JsonMistakeKind Kind, string Reason)
{
    public static JsonMistake Of(JsonException exception, JsonTypeInfo expected)
    {
        // What the reader finds is wrapped with its place; what cannot be converted has no such cause.
        if (exception.InnerException is JsonException)
            return new(JsonMistakeKind.NoJson, $"the body cannot be read as JSON (line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}); expected {Expected.Of(expected)}");
        var type = expected;
        foreach (Match step in Steps().Matches(exception.Path ?? ""))
        {
            var name = step.Groups["name"].Value;
            if (type.Kind == JsonTypeInfoKind.Object && type.Properties.All(member => !member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                return new(JsonMistakeKind.UnknownMember, $"the body has '{Readable.Text(name)}', which is nothing here; expected {Expected.MembersOf(type)}");
            type = Below(type, name);
        }

        var where = exception.Path is { Length: > 1 } path ? $"'{Readable.Text(path[1..].TrimStart('.'))}' of the body" : "the body";
        return new(JsonMistakeKind.OtherType, $"{where} is not what it has to be; expected {Expected.Of(type)}");
    }

    private static JsonTypeInfo Below(JsonTypeInfo type, string name)
    {
        var below = type.Kind == JsonTypeInfoKind.Object ? type.Properties.First(member => member.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).PropertyType : type.ElementType;
        return below is null ? type : type.Options.GetTypeInfo(below);
    }

    [GeneratedRegex(@"\.(?<name>[^.\[]+)|\['(?<name>[^']*)'\]|\[\d+\]", RegexOptions.CultureInvariant)]
    private static partial Regex Steps();
}
