using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>What a container of other people's code is granted: as little as it can work with.</summary>
internal static class HardenedHost
{
    private const double Nano = 1e9;

    /// <summary>The engine's default seccomp profile applies: it is not named, so it is not changed.</summary>
    /// <remarks>The root file system stays writable: /app and /tmp must be one file system, so that a buildpack can rename between them.</remarks>
    public static HostConfig With(ContainerLimits limits, string network, params IReadOnlyList<Mount> mounts) => new()
    {
        NetworkMode = network,
        CapDrop = ["ALL"],
        SecurityOpt = ["no-new-privileges:true"],
        Memory = limits.Memory,
        MemorySwap = limits.Memory,
        PidsLimit = limits.Processes,
        NanoCpus = (long)((limits.Cpus ?? Environment.ProcessorCount) * Nano),
        // When the host itself runs short, builds go first.
        OomScoreAdj = 500,
        Ulimits = [Ulimit.Of("core", 0), Ulimit.Of("nofile", limits.OpenFiles), Ulimit.Of("fsize", limits.FileSize)],
        Mounts = mounts,
        Init = true,
    };
}
