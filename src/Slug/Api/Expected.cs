using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Slug.Content;

namespace Slug.Api;

/// <summary>In words, what a value was expected to be.</summary>
internal static class Expected
{
    public static string Of(JsonTypeInfo type) => type.Kind switch
    {
        JsonTypeInfoKind.Object => $"a JSON object of {MembersOf(type)}",
        JsonTypeInfoKind.Enumerable => $"a JSON list, each entry {Of(type.ElementType!)}",
        JsonTypeInfoKind.Dictionary => $"a JSON object, each value {Of(type.ElementType!)}",
        _ => Of(type.Type),
    };

    /// <summary>Those that have to be there are marked.</summary>
    public static string MembersOf(JsonTypeInfo type) =>
        string.Join(", ", type.Properties.Select(member => $"'{member.Name}'{(member.IsRequired ? " (has to be there)" : "")}"));

    public static string Of(Type type) => Nullable.GetUnderlyingType(type) is { } value ? Of(value) : Type.GetTypeCode(type) switch
    {
        TypeCode.String => "a text",
        TypeCode.Boolean => "true or false",
        TypeCode.Int32 => string.Create(CultureInfo.InvariantCulture, $"a whole number of at most {int.MaxValue}"),
        TypeCode.Int64 => string.Create(CultureInfo.InvariantCulture, $"a whole number of at most {long.MaxValue}"),
        _ when type == typeof(Guid) => "an id like '01988f5e-0000-7000-8000-000000000000'",
        _ when type == typeof(DateTimeOffset) => "a time like '2026-11-21T20:00:00Z'",
        _ when type == typeof(TimeSpan) => "a duration like '00:01:30'",
        _ when type == typeof(Digest) => "a digest, 'sha256:' and 64 hex digits",
        _ => "what docs/api.md describes",
    };
}
