using System.Text.Json.Serialization;

namespace Slug.Droplets;

[JsonSerializable(typeof(IReadOnlyDictionary<string, string>))]
internal sealed partial class DropletJson : JsonSerializerContext;
