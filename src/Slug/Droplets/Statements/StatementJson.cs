using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Droplets.Bills;

namespace Slug.Droplets.Statements;

/// <summary>JSON of statements, what they say, and what signs them: camel case, nulls left out.</summary>
[JsonSerializable(typeof(Statement))]
[JsonSerializable(typeof(Provenance))]
[JsonSerializable(typeof(Bill))]
[JsonSerializable(typeof(Envelope))]
internal sealed partial class StatementJson : JsonSerializerContext
{
    // The attribute knows no encoder, and the default one writes the plus signs of versions and purls as \u002B.
    public static StatementJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
