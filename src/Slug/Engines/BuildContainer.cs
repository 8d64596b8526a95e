using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The container that one build runs in.</summary>
internal sealed record BuildContainer
{
    /// <summary>The build image's id.</summary>
    public required string Image { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>A network's name, or <c>none</c>.</summary>
    public required string Network { get; init; }

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    /// <summary>A folder in memory that the user alone can enter; null makes none.</summary>
    public string? MemoryFolder { get; init; }

    public ContainerLimits Limits { get; init; } = new();

    /// <summary>The stack's user.</summary>
    public string User { get; init; } = "1000:1000";

    /// <summary>What the engine keeps of the builder's own few lines, for a failure that it could not report itself.</summary>
    private static readonly LogConfig SmallLog = new("local", new Dictionary<string, string>
    {
        ["max-size"] = "1m",
        ["max-file"] = "1",
        ["compress"] = "false",
    });

    public ContainerSpec ToSpec() => new()
    {
        Image = Image,
        Entrypoint = Command,
        Env = [.. Environment.Select(variable => $"{variable.Key}={variable.Value}")],
        Labels = Labels,
        User = User,
        WorkingDir = "/app",
        Hostname = "build",
        HostConfig = HardenedHost.With(Limits, Network, Mounts) with { LogConfig = SmallLog, Tmpfs = TmpfsOf(MemoryFolder) },
    };

    private static Dictionary<string, string>? TmpfsOf(string? folder) =>
        folder is null ? null : new() { [folder] = "rw,nosuid,nodev,noexec,uid=1000,gid=1000,mode=0700" };
}
