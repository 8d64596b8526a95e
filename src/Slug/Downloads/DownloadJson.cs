using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Slug.Downloads;

[JsonSerializable(typeof(JsonObject))]
internal sealed partial class DownloadJson : JsonSerializerContext;
