using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Heroku;

namespace Slug.Webhooks.Outgoing;

/// <summary>JSON of payloads: that of Heroku's API.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, Converters = [typeof(SecondsConverter)])]
[JsonSerializable(typeof(Payload))]
[JsonSerializable(typeof(AppDetails))]
[JsonSerializable(typeof(BuildDetails))]
[JsonSerializable(typeof(ReleaseDetails))]
[JsonSerializable(typeof(JsonElement))]
internal sealed partial class PayloadJson : JsonSerializerContext;
