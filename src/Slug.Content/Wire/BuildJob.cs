namespace Slug.Content.Wire;

/// <summary>What the service hands a builder: everything one build needs to know. Body of <c>POST /builder/next</c>'s answer.</summary>
public sealed record BuildJob
{
    /// <summary>The build's id: the name in every later route.</summary>
    public required string BuildId { get; init; }

    /// <summary>The app's name, for messages alone.</summary>
    public required string App { get; init; }

    /// <summary>Tried in this order; the first that detects wins, unless <see cref="BuildpacksChosen"/>.</summary>
    public required IReadOnlyList<BuildpackReference> Buildpacks { get; init; }

    /// <summary>The app named its buildpacks: each must detect, in order.</summary>
    public bool BuildpacksChosen { get; init; }

    /// <summary>The whole environment of detect, compile and release. Nothing else is inherited.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Config vars: files in ENV_DIR, never part of <see cref="Environment"/>.</summary>
    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>The app is tested in place of being packed: <c>bin/test-compile</c>, then <c>bin/test</c>.</summary>
    public bool IsTest { get; init; }

    /// <summary>The source is a slug already, as <see cref="Sources.SlugSource"/> has it: no buildpack compiles it.</summary>
    public bool IsSlug { get; init; }

    /// <summary>The build makes a droplet again, to be compared: it hands in who wrote the files, and no cache.</summary>
    public bool IsVerification { get; init; }

    /// <summary>Where the builder answers package managers on the loopback, by what the service says.</summary>
    public IReadOnlyList<RegistryDoor> Registries { get; init; } = [];

    /// <summary>Largest build cache in bytes, not compressed; past it, entries are dropped.</summary>
    public long CacheLimit { get; init; } = 1_000_000_000;

    /// <summary>Largest droplet in bytes, compressed; past it the build fails.</summary>
    public required long DropletLimit { get; init; }

    /// <summary>The container's memory in bytes, for the words of a failure.</summary>
    public required long MemoryLimit { get; init; }

    /// <summary>The container's number of processes, for the words of a failure.</summary>
    public required int ProcessLimit { get; init; }
}

/// <summary>A buildpack, pinned.</summary>
/// <param name="Name">What the log calls it.</param>
/// <param name="Digest">
/// That of the tar which <c>GET /builder/buildpacks/{digest}</c> answers; null for the folder of that name in the app's own source, which pins it.
/// </param>
public sealed record BuildpackReference(string Name, Digest? Digest)
{
    /// <summary>The commit or ETag that was fetched, for the record; null for one that comes with Slug.</summary>
    public string? Revision { get; init; }
}

/// <summary>A registry that builds ask through their builder.</summary>
/// <param name="Name">In <c>GET /builder/downloads/{name}</c>, and in the variable <c>SLUG_NAME_MIRROR</c> of the buildpacks.</param>
/// <param name="Port">On the container's loopback.</param>
public sealed record RegistryDoor(string Name, int Port)
{
    /// <summary>What package managers are given.</summary>
    public string Url => $"http://127.0.0.1:{Port}/";
}
