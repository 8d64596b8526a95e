using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Content.Wire;

/// <summary>JSON of everything builder and service exchange: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BuildJob))]
[JsonSerializable(typeof(BuildEvent))]
[JsonSerializable(typeof(BuildOutcome))]
[JsonSerializable(typeof(IReadOnlyList<BuildpackReport>))]
[JsonSerializable(typeof(KeptStep))]
[JsonSerializable(typeof(AuthoredFile))]
[JsonSerializable(typeof(IReadOnlyList<Digest>))]
[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
public sealed partial class WireJson : JsonSerializerContext;
