using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slug.Tests.Platform;

/// <summary>JSON schema draft 4 as far as Heroku's published schema uses it, with its strictProperties: all of them, and no others.</summary>
internal sealed class SchemaCheck(JsonElement root)
{
    /// <summary>What is wrong with a value, each with its place.</summary>
    public IEnumerable<string> Mistakes(JsonElement value, JsonElement schema, string at = "$")
    {
        schema = Resolve(schema);
        if (schema.TryGetProperty("type", out var type) && !TypesOf(type).Any(name => IsOfType(value, name)))
            return [$"{at} is {value.ValueKind}, not {type}"];
        if (value.ValueKind == JsonValueKind.Null)
            return [];
        return MistakesOfValue(value, schema, at)
            .Concat(Alternatives(value, schema, at))
            .Concat(value.ValueKind == JsonValueKind.Object ? MistakesOfMembers(value, schema, at) : [])
            .Concat(value.ValueKind == JsonValueKind.Array && schema.TryGetProperty("items", out var items)
                ? value.EnumerateArray().SelectMany((item, index) => Mistakes(item, items, $"{at}[{index}]"))
                : []);
    }

    /// <summary>The schema at a place of the file, like <c>#/definitions/app</c>.</summary>
    public JsonElement At(string reference) =>
        Resolve(reference.TrimStart('#').Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(root, (place, name) => place.GetProperty(name)));

    private JsonElement Resolve(JsonElement schema) => schema.TryGetProperty("$ref", out var reference) ? At(reference.GetString()!) : schema;

    private static IEnumerable<string> TypesOf(JsonElement type) => type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(name => name.GetString()!) : [type.GetString()!];

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "number" => value.ValueKind == JsonValueKind.Number,
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => throw new NotSupportedException($"the schema's type '{type}'"),
    };

    private static IEnumerable<string> MistakesOfValue(JsonElement value, JsonElement schema, string at)
    {
        if (schema.TryGetProperty("enum", out var choices) && !choices.EnumerateArray().Any(choice => choice.ToString() == value.ToString()))
            yield return $"{at} is '{value}', none of {choices}";
        if (value.ValueKind != JsonValueKind.String)
            yield break;
        if (schema.TryGetProperty("pattern", out var pattern) && !Regex.IsMatch(value.GetString()!, pattern.GetString()!))
            yield return $"{at} is '{value}', which {pattern} does not match";
        if (schema.TryGetProperty("format", out var format) && !IsOfForm(value.GetString()!, format.GetString()!))
            yield return $"{at} is '{value}', no {format}";
    }

    private static bool IsOfForm(string text, string format) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)\z") && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "email" => Regex.IsMatch(text, @"^[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+\z"),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        _ => throw new NotSupportedException($"the schema's format '{format}'"),
    };

    private IEnumerable<string> Alternatives(JsonElement value, JsonElement schema, string at)
    {
        foreach (var keyword in (string[])["anyOf", "oneOf"])
            if (schema.TryGetProperty(keyword, out var alternatives) && !alternatives.EnumerateArray().Any(alternative => !Mistakes(value, alternative, at).Any()))
                yield return $"{at} is '{value}', which is none of {keyword}";
    }

    private IEnumerable<string> MistakesOfMembers(JsonElement value, JsonElement schema, string at)
    {
        var strict = schema.TryGetProperty("strictProperties", out var flag) && flag.GetBoolean();
        var known = schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject().ToDictionary(member => member.Name, member => member.Value) : [];
        var patterns = schema.TryGetProperty("patternProperties", out var forms) ? forms.EnumerateObject().ToList() : [];
        var required = schema.TryGetProperty("required", out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : [];
        foreach (var missing in required.Concat(strict ? known.Keys : []).Distinct().Where(name => !value.TryGetProperty(name, out _)))
            yield return $"{at}.{missing} is missing";
        foreach (var member in value.EnumerateObject())
        {
            var inner = known.TryGetValue(member.Name, out var own) ? own : patterns.FirstOrDefault(form => Regex.IsMatch(member.Name, form.Name)).Value;
            if (inner.ValueKind == JsonValueKind.Object)
                foreach (var mistake in Mistakes(member.Value, inner, $"{at}.{member.Name}"))
                    yield return mistake;
            else if (strict || (schema.TryGetProperty("additionalProperties", out var additional) && additional.ValueKind == JsonValueKind.False))
                yield return $"{at}.{member.Name} is not in the schema";
        }
    }
}
