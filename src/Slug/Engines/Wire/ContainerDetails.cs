namespace Slug.Engines.Wire;

/// <summary>Answer of <c>GET /containers/{id}/json</c>, as far as it is read.</summary>
internal sealed record ContainerDetails
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required ContainerState State { get; init; }

    public ContainerConfig Config { get; init; } = new();

    public NetworkSettings NetworkSettings { get; init; } = new();
}

/// <summary>How a container is, or how it ended.</summary>
internal sealed record ContainerState
{
    /// <summary>created, running, paused, restarting, removing, exited or dead.</summary>
    public required string Status { get; init; }

    public bool Running { get; init; }

    /// <summary>The kernel killed a process because the memory limit was reached.</summary>
    public bool OOMKilled { get; init; }

    public long ExitCode { get; init; }

    /// <summary>Why the engine could not start it; empty otherwise.</summary>
    public string Error { get; init; } = "";

    public int Pid { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>What the container was made with.</summary>
internal sealed record ContainerConfig
{
    public Dictionary<string, string>? Labels { get; init; }
}

/// <summary>Addresses and published ports.</summary>
internal sealed record NetworkSettings
{
    public Dictionary<string, PortBinding[]?>? Ports { get; init; }

    public Dictionary<string, NetworkEndpoint>? Networks { get; init; }
}

/// <summary>A container's place in one network.</summary>
internal sealed record NetworkEndpoint
{
    public string IPAddress { get; init; } = "";

    public string Gateway { get; init; } = "";
}

/// <summary>An entry of <c>GET /containers/json</c>.</summary>
internal sealed record ContainerSummary
{
    public required string Id { get; init; }

    public string[] Names { get; init; } = [];

    public string Image { get; init; } = "";

    public string ImageID { get; init; } = "";

    public string State { get; init; } = "";

    public Dictionary<string, string> Labels { get; init; } = [];
}
