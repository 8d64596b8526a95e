using System.Text.Json;
using System.Text.Json.Serialization;

namespace Slug.Droplets.Records;

/// <summary>JSON of records: camel case, nulls left out.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DropletRecord))]
internal sealed partial class RecordJson : JsonSerializerContext;
