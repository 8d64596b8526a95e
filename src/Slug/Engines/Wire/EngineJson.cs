using System.Text.Json.Serialization;

namespace Slug.Engines.Wire;

/// <summary>The words exchanged with the Docker engine; property names are its own.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ContainerSpec))]
[JsonSerializable(typeof(ContainerDetails))]
[JsonSerializable(typeof(ContainerSummary[]))]
[JsonSerializable(typeof(ImageDetails))]
[JsonSerializable(typeof(ImageSummary[]))]
[JsonSerializable(typeof(LoadMessage))]
[JsonSerializable(typeof(NetworkSpec))]
[JsonSerializable(typeof(NetworkDetails[]))]
[JsonSerializable(typeof(EngineVersion))]
[JsonSerializable(typeof(EngineState))]
[JsonSerializable(typeof(CreatedObject))]
[JsonSerializable(typeof(WaitAnswer))]
[JsonSerializable(typeof(EngineError))]
[JsonSerializable(typeof(Dictionary<string, string[]>))]
internal sealed partial class EngineJson : JsonSerializerContext;
