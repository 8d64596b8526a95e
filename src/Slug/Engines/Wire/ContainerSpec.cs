namespace Slug.Engines.Wire;

/// <summary>Body of <c>POST /containers/create</c>.</summary>
internal sealed record ContainerSpec
{
    /// <summary>An image's id: a tag could be moved.</summary>
    public required string Image { get; init; }

    public IReadOnlyList<string>? Entrypoint { get; init; }

    public IReadOnlyList<string>? Cmd { get; init; }

    /// <summary><c>NAME=value</c> each.</summary>
    public IReadOnlyList<string> Env { get; init; } = [];

    public string? User { get; init; }

    public string? WorkingDir { get; init; }

    public string? Hostname { get; init; }

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Ports that may be published: <c>5000/tcp</c> to an empty object.</summary>
    public IReadOnlyDictionary<string, EmptyObject>? ExposedPorts { get; init; }

    public bool Tty { get; init; }

    public bool OpenStdin { get; init; }

    public bool StdinOnce { get; init; }

    public bool AttachStdin { get; init; }

    public bool AttachStdout { get; init; } = true;

    public bool AttachStderr { get; init; } = true;

    public required HostConfig HostConfig { get; init; }
}

/// <summary>The <c>{}</c> of the engine's sets.</summary>
internal sealed record EmptyObject;
