using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Slug.Content;

namespace Slug.Stacks;

/// <summary>One image of a stack, ready to be loaded: its layers, lowest first, and the config that names it.</summary>
internal sealed record StackImage(string Tag, IReadOnlyList<ImageLayer> Layers, byte[] Config)
{
    /// <summary>The image's id: the sha256 of its config.</summary>
    public Digest Id => Digest.Of(Config);

    public static StackImage Of(
        StackDefinition definition, StackLabels labels, string tag, params IReadOnlyList<ImageLayer> layers)
    {
        var config = new StackImageConfig
        {
            Architecture = Architecture(),
            Created = LayerTime.Fixed,
            Config = new()
            {
                User = definition.User.Name,
                Env = [.. definition.Environment.Append(new("HOME", definition.User.Home))
                    .OrderBy(variable => variable.Key, StringComparer.Ordinal).Select(variable => $"{variable.Key}={variable.Value}")],
                WorkingDir = definition.User.Home,
                Labels = labels.ToDictionary(),
            },
            RootFs = new([.. layers.Select(layer => layer.DiffId)]),
        };
        return new(tag, layers, JsonSerializer.SerializeToUtf8Bytes(config, StackJson.Default.StackImageConfig));
    }

    // The image specification uses Go's names.
    private static string Architecture() => RuntimeInformation.OSArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "amd64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString().ToLowerInvariant(),
    };
}

/// <summary>An image's config (OCI image spec, config.md).</summary>
internal sealed record StackImageConfig
{
    public required string Architecture { get; init; }

    public string Os { get; init; } = "linux";

    public required DateTimeOffset Created { get; init; }

    public required StackImageSettings Config { get; init; }

    [JsonPropertyName("rootfs")]
    public required StackImageLayers RootFs { get; init; }
}

/// <summary>What containers of an image start with. These names are capitalised in the specification.</summary>
internal sealed record StackImageSettings
{
    [JsonPropertyName("User")]
    public required string User { get; init; }

    [JsonPropertyName("Env")]
    public required IReadOnlyList<string> Env { get; init; }

    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string> Cmd { get; init; } = ["bash"];

    [JsonPropertyName("WorkingDir")]
    public required string WorkingDir { get; init; }

    [JsonPropertyName("Labels")]
    public required IReadOnlyDictionary<string, string> Labels { get; init; }
}

/// <summary>The layers' diff ids.</summary>
internal sealed record StackImageLayers(IReadOnlyList<Digest> DiffIds)
{
    public string Type { get; init; } = "layers";
}

/// <summary>An entry of a docker-archive's <c>manifest.json</c>.</summary>
internal sealed record ArchivedImage(
    [property: JsonPropertyName("Config")] string Config,
    [property: JsonPropertyName("RepoTags")] IReadOnlyList<string> RepoTags,
    [property: JsonPropertyName("Layers")] IReadOnlyList<string> Layers);

/// <summary>The JSON of image archives.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StackImageConfig))]
[JsonSerializable(typeof(IReadOnlyList<ArchivedImage>))]
internal sealed partial class StackJson : JsonSerializerContext;
