using System.Text.Json;

namespace Slug.Tests.Api;

/// <summary>The API as its OpenAPI document has it, and what of an answer is otherwise: as much of JSON Schema as the document uses.</summary>
internal sealed class DescribedApi(JsonElement document)
{
    public JsonElement Document => document;

    /// <param name="rule">Method and pattern, as the table of scopes has it.</param>
    public JsonElement OperationOf(string rule)
    {
        var (method, path) = (rule.Split(' ')[0], rule.Split(' ')[1]);
        return document.GetProperty("paths").GetProperty(path.TrimEnd('/')).GetProperty(method.ToLowerInvariant());
    }

    /// <summary>What is wrong with an answer: its status, its type, its content.</summary>
    public IEnumerable<string> MistakesOf(string rule, int status, string? type, string body)
    {
        if (!OperationOf(rule).GetProperty("responses").TryGetProperty($"{status}", out var response))
            return [$"{status} is not described"];
        if (!response.TryGetProperty("content", out var content))
            return body.Length == 0 ? [] : ["a body is not described"];
        if (!content.TryGetProperty(type ?? "", out var described))
            return [$"'{type}' is not described"];
        var schema = described.GetProperty("schema");
        return DocumentsIn(type!, body).SelectMany((value, index) => Mistakes(value, schema, $"answer {index}"));
    }

    public JsonElement Resolved(JsonElement schema) =>
        schema.TryGetProperty("$ref", out var reference) ? document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]) : schema;

    private static IEnumerable<JsonElement> DocumentsIn(string type, string body) => type switch
    {
        "application/x-ndjson" => body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line)),
        "text/event-stream" => body.Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)).Select(line => JsonElement.Parse(line[6..])),
        _ when type.EndsWith("json", StringComparison.Ordinal) => [JsonElement.Parse(body)],
        _ => [],
    };

    private IEnumerable<string> Mistakes(JsonElement value, JsonElement described, string where)
    {
        var schema = Resolved(described);
        if (schema.TryGetProperty("oneOf", out var options))
            return options.EnumerateArray().Any(option => !Mistakes(value, option, where).Any()) ? [] : [$"{where} is none of its kinds"];
        var types = !schema.TryGetProperty("type", out var type) ? [] : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(one => one.GetString()).ToList() : [type.GetString()];
        if (types.Count > 0 && !types.Contains(KindOf(value)) && !(KindOf(value) == "integer" && types.Contains("number")))
            return [$"{where} is {KindOf(value)}, not {string.Join(" or ", types)}"];
        return value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().SelectMany((item, index) => Mistakes(item, schema.GetProperty("items"), $"{where}[{index}]")),
            // One without members is any.
            JsonValueKind.Object when schema.TryGetProperty("properties", out _) || schema.TryGetProperty("additionalProperties", out _) => OfObject(value, schema, where),
            _ => [],
        };
    }

    private IEnumerable<string> OfObject(JsonElement value, JsonElement schema, string where)
    {
        if (schema.TryGetProperty("required", out var required))
            foreach (var name in required.EnumerateArray().Select(name => name.GetString()!).Where(name => !value.TryGetProperty(name, out _)))
                yield return $"{where} has no {name}";
        foreach (var property in value.EnumerateObject())
        {
            if (!(schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(property.Name, out var described)) && !schema.TryGetProperty("additionalProperties", out described))
                yield return $"{where} has {property.Name}, which is not described";
            else
                foreach (var mistake in Mistakes(property.Value, described, $"{where}.{property.Name}"))
                    yield return mistake;
        }
    }

    private static string KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Number => value.TryGetInt64(out _) ? "integer" : "number",
        var kind => kind.ToString().ToLowerInvariant(),
    };
}
