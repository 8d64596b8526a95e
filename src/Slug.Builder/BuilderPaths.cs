namespace Slug.Builder;

/// <summary>Where a build happens. The defaults are the build container's; tests build elsewhere.</summary>
internal sealed record BuilderPaths
{
    /// <summary>BUILD_DIR, and the droplet's root.</summary>
    public string App { get; init; } = "/app";

    /// <summary>CACHE_DIR: kept between the builds of one app.</summary>
    public string Cache { get; init; } = "/tmp/slug/cache";

    /// <summary>ENV_DIR: one file per config var. In memory: what is kept of a failed build's container holds no value of them.</summary>
    public string ConfigVars { get; init; } = "/slug/env";

    /// <summary>The last command that ran, as a script.</summary>
    public string LastCommand { get; init; } = "/tmp/slug/command";

    /// <summary>One writable folder per buildpack.</summary>
    public string Buildpacks { get; init; } = "/tmp/slug/buildpacks";

    /// <summary>Buildpacks that were brought before there was a build, by digest; on the file system of <see cref="Buildpacks"/>.</summary>
    public string Staged { get; init; } = "/tmp/slug/staged";

    /// <summary>Where steps with declared inputs are prepared; on the file system of <see cref="App"/>, so that files move between them.</summary>
    public string Steps { get; init; } = "/tmp/slug/steps";

    /// <summary>Where the kernel counts what it refused this container.</summary>
    public string Cgroups { get; init; } = "/sys/fs/cgroup";

    /// <summary>A new folder below <see cref="Steps"/>.</summary>
    public string NewStepFolder() => Directory.CreateDirectory(Path.Combine(Steps, Path.GetRandomFileName())).FullName;
}
