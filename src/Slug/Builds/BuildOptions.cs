using System.Net;

namespace Slug.Builds;

/// <summary>How builds run, section <c>Builds</c>.</summary>
internal sealed class BuildOptions
{
    /// <summary>The stack that apps are built on. Default: bookworm.</summary>
    public string Stack { get; set; } = "bookworm";

    /// <summary>The folder of built-in buildpacks, with a file <c>order</c> that names them. Default: that of the program.</summary>
    public string Buildpacks { get; set; } = Path.Combine(AppContext.BaseDirectory, "buildpacks");

    /// <summary>Builds that run at once; the others wait in the queue. Default: the number of cores.</summary>
    public int Concurrency { get; set; } = Environment.ProcessorCount;

    /// <summary>From the start of the container to the result. Default: 15 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Memory of a build's container in bytes, no swap beyond it. Default: 2 GiB.</summary>
    public long Memory { get; set; } = 2L << 30;

    /// <summary>Cores a build may use. Default: all.</summary>
    public double Cpus { get; set; } = Environment.ProcessorCount;

    /// <summary>Processes and threads at once. Default: 1024.</summary>
    public int Pids { get; set; } = 1024;

    /// <summary>Largest droplet in bytes, compressed. Default: 500 MB.</summary>
    public long SlugLimit { get; set; } = 500_000_000;

    /// <summary>Bytes of a build's log that are kept; the rest is counted and dropped. Default: 10 MB.</summary>
    public long LogLimit { get; set; } = 10_000_000;

    /// <summary>Largest build cache in bytes, compressed; a larger one is not kept. Default: 1 GB.</summary>
    public long CacheLimit { get; set; } = 1_000_000_000;

    /// <summary>Bytes that the capsules of failed builds may hold together; 0 keeps none. Default: 2 GB.</summary>
    public long CapsuleLimit { get; set; } = 2_000_000_000;

    /// <summary>How long a failed build's capsule is kept. Default: a day.</summary>
    public TimeSpan CapsuleKeep { get; set; } = TimeSpan.FromDays(1);

    /// <summary><c>bridge</c>: out to public addresses; <c>none</c>: no network at all. Default: bridge.</summary>
    public string Network { get; set; } = "bridge";

    /// <summary>Address ranges (CIDR, separated by commas) that builds may reach although they are private. Default: none.</summary>
    public string Allow { get; set; } = "";

    public IReadOnlyList<IPNetwork> ReadAllowed() =>
        [.. Allow.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(range => IPNetwork.Parse(range))];

    /// <summary>Containers that have started and wait for a build. Default: 1.</summary>
    public int Warm { get; set; } = 1;

    /// <summary>Certificates that builds trust, a PEM file of the host. Default: <c>SSL_CERT_FILE</c>, or the system's bundle where it exists.</summary>
    public string? CaBundle { get; set; }

    /// <summary>Everything that cannot be, at once.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!File.Exists(Path.Combine(Buildpacks, "order")))
            yield return $"SLUG9020: the folder '{Buildpacks}' has no file 'order' that names its buildpacks; set --buildpacks";
        if (Concurrency < 1)
            yield return $"SLUG9020: builds at once is '{Concurrency}'; expected 1 or more; set --builds";
        if (Timeout <= TimeSpan.Zero)
            yield return $"SLUG9020: the build timeout is '{Timeout}'; expected more than 0; set --build-timeout";
        if (Memory < 64L << 20)
            yield return $"SLUG9020: the build memory is '{Memory}' bytes; expected at least 64 MiB; set --build-memory";
        if (Cpus <= 0)
            yield return $"SLUG9020: the build cpus are '{Cpus}'; expected more than 0; set --build-cpus";
        if (Pids < 16)
            yield return $"SLUG9020: the build pids are '{Pids}'; expected at least 16; set --build-pids";
        if (SlugLimit < 1)
            yield return $"SLUG9020: the slug limit is '{SlugLimit}' bytes; expected 1 or more; set --slug-limit";
        if (LogLimit < 1)
            yield return $"SLUG9020: the log limit is '{LogLimit}' bytes; expected 1 or more; set --log-limit";
        if (Network is not ("bridge" or "none"))
            yield return $"SLUG9020: the build network is '{Network}'; expected bridge or none; set --build-network";
        foreach (var range in Allow.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!IPNetwork.TryParse(range, out _))
                yield return $"SLUG9020: '{range}' is not an address range; set --build-allow to ranges like 10.1.0.0/16";
        }

        if (CaBundle is { } bundle && !File.Exists(bundle))
            yield return $"SLUG9020: the CA bundle '{bundle}' does not exist; name a PEM file with --ca-bundle";
    }
}
