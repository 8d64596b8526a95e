using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Commands.Checks;

namespace Slug.Commands;

/// <summary>JSON of what the command line finds out by itself.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IReadOnlyList<Finding>))]
[JsonSerializable(typeof(IReadOnlyList<StackView>))]
internal sealed partial class CommandJson : JsonSerializerContext;
