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
public sealed record BuildpackReference(string Name, Digest? Digest);
