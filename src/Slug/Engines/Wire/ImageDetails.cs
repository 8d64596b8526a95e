using System.Text.Json.Serialization;

namespace Slug.Engines.Wire;

/// <summary>Answer of <c>GET /images/{name}/json</c>, as far as it is read.</summary>
internal sealed record ImageDetails
{
    public required string Id { get; init; }

    public string[]? RepoTags { get; init; }

    public string Created { get; init; } = "";

    public long Size { get; init; }

    public string Architecture { get; init; } = "";

    public ImageMetadata? Metadata { get; init; }

    public ImageSettings? Config { get; init; }

    public ImageLayers? RootFS { get; init; }
}

/// <summary>What the engine remembers beside an image.</summary>
internal sealed record ImageMetadata(DateTimeOffset? LastTagTime);

/// <summary>Settings that a container inherits.</summary>
internal sealed record ImageSettings
{
    public string? User { get; init; }

    public string[]? Env { get; init; }

    public string? WorkingDir { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}

/// <summary>The diff ids of the layers, lowest first.</summary>
internal sealed record ImageLayers(string[]? Layers);

/// <summary>An entry of <c>GET /images/json</c>.</summary>
internal sealed record ImageSummary
{
    public required string Id { get; init; }

    public string[]? RepoTags { get; init; }

    /// <summary>Its first tag; its id where it has none, which the engine lists as a tag of its own.</summary>
    [JsonIgnore]
    public string Name => RepoTags is [var tag, ..] && tag != "<none>:<none>" ? tag : Id;

    /// <summary>Seconds since 1970.</summary>
    public long Created { get; init; }

    public long Size { get; init; }

    public Dictionary<string, string>? Labels { get; init; }
}

/// <summary>A line of <c>POST /images/load</c>'s answer.</summary>
internal sealed record LoadMessage
{
    [JsonPropertyName("stream")]
    public string? Stream { get; init; }

    [JsonPropertyName("error")]
    public string? Error { get; init; }
}
