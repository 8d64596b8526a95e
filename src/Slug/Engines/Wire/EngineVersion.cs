using System.Text.Json.Serialization;

namespace Slug.Engines.Wire;

/// <summary>Answer of <c>GET /version</c>.</summary>
internal sealed record EngineVersion
{
    public required string Version { get; init; }

    public required string ApiVersion { get; init; }

    public EngineComponent[] Components { get; init; } = [];
}

/// <summary>A program that the engine is made of: containerd, runc, docker-init.</summary>
internal sealed record EngineComponent(string Name, string Version);

/// <summary>Answer of <c>GET /info</c>, as far as it is read.</summary>
internal sealed record EngineState
{
    public string Driver { get; init; } = "";

    public string DockerRootDir { get; init; } = "";

    public string CgroupVersion { get; init; } = "";

    public string[] SecurityOptions { get; init; } = [];

    public int NCPU { get; init; }

    public long MemTotal { get; init; }

    public string OperatingSystem { get; init; } = "";

    public string KernelVersion { get; init; } = "";

    public string InitBinary { get; init; } = "";
}

/// <summary>What was made.</summary>
internal sealed record CreatedObject
{
    public required string Id { get; init; }
}

/// <summary>Answer of <c>POST /containers/{id}/wait</c>.</summary>
internal sealed record WaitAnswer(long StatusCode);

/// <summary>Body of every refusal.</summary>
internal sealed record EngineError
{
    [JsonPropertyName("message")]
    public string? Message { get; init; }
}
