namespace Slug.Engines.Wire;

/// <summary>What the host grants a container. The names are the Docker Engine API's.</summary>
internal sealed record HostConfig
{
    public bool Privileged { get; init; }

    public bool ReadonlyRootfs { get; init; }

    public IReadOnlyList<string> CapDrop { get; init; } = [];

    public IReadOnlyList<string> SecurityOpt { get; init; } = [];

    public string IpcMode { get; init; } = "private";

    /// <summary>Empty is a PID namespace of its own.</summary>
    public string PidMode { get; init; } = "";

    public string CgroupnsMode { get; init; } = "private";

    /// <summary>A network's name, or <c>none</c>.</summary>
    public required string NetworkMode { get; init; }

    /// <summary>Bytes.</summary>
    public long Memory { get; init; }

    /// <summary>Bytes of memory and swap together; the same as <see cref="Memory"/> allows no swap.</summary>
    public long MemorySwap { get; init; }

    public long PidsLimit { get; init; }

    /// <summary>Billionths of a processor.</summary>
    public long NanoCpus { get; init; }

    public int OomScoreAdj { get; init; }

    public IReadOnlyList<Ulimit> Ulimits { get; init; } = [];

    public IReadOnlyDictionary<string, string>? Tmpfs { get; init; }

    public IReadOnlyList<Mount> Mounts { get; init; } = [];

    public IReadOnlyList<string> Devices { get; init; } = [];

    /// <summary>An init process reaps orphans and passes signals on.</summary>
    public bool Init { get; init; }

    public RestartPolicy RestartPolicy { get; init; } = new("no");

    public LogConfig LogConfig { get; init; } = new("none", new Dictionary<string, string>());

    /// <summary>Container port, like <c>5000/tcp</c>, to addresses of the host.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<PortBinding>>? PortBindings { get; init; }

    /// <summary><c>name:address</c> lines for /etc/hosts.</summary>
    public IReadOnlyList<string>? ExtraHosts { get; init; }

    public bool AutoRemove { get; init; }
}

/// <summary>A resource limit of the kernel; both bounds are the same.</summary>
internal sealed record Ulimit(string Name, long Soft, long Hard)
{
    public static Ulimit Of(string name, long value) => new(name, value, value);
}

/// <summary>A file or folder of the host inside the container.</summary>
internal sealed record Mount(string Type, string Source, string Target, bool ReadOnly)
{
    public static Mount Readable(string source, string target) => new("bind", source, target, ReadOnly: true);

    public static Mount Writable(string source, string target) => new("bind", source, target, ReadOnly: false);
}

/// <summary>Whether the engine starts a container again.</summary>
internal sealed record RestartPolicy(string Name);

/// <summary>Where the engine keeps what a container writes.</summary>
internal sealed record LogConfig(string Type, IReadOnlyDictionary<string, string> Config);

/// <summary>An address of the host. Port 0 lets the engine choose.</summary>
internal sealed record PortBinding(string HostIp, string HostPort);
