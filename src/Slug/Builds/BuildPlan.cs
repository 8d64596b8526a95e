using Slug.Apps;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources;
using Slug.Stacks;

namespace Slug.Builds;

/// <summary>All that goes into a build, pinned when it is queued: what changes afterwards does not change it.</summary>
internal sealed record BuildPlan
{
    public required Guid Id { get; init; }

    public required App App { get; init; }

    /// <summary>Who asked for it: a token's name.</summary>
    public string By { get; init; } = Events.Itself;

    public required string Branch { get; init; }

    public required Source Source { get; init; }

    public required Stack Stack { get; init; }

    public required IReadOnlyList<BuildpackReference> Buildpacks { get; init; }

    /// <summary>The app named its buildpacks: all of them compile it, in order.</summary>
    public required bool BuildpacksChosen { get; init; }

    /// <summary>Who named them, for the record.</summary>
    public string? BuildpacksBy { get; init; }

    /// <summary>The app is tested; no droplet comes of it.</summary>
    public bool IsTest { get; init; }

    /// <summary>The source is a slug already: no buildpack compiles it, config vars are no part of it, and it is released when somebody asks for that.</summary>
    public bool IsSlug { get; init; }

    /// <summary>The droplet that is made again and compared; null where a new one is to come of it.</summary>
    public Digest? Verifies { get; init; }

    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>What the push wished for, for who builds the same once more.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the push wants of the app's build cache. No part of the droplet's key.</summary>
    public CacheWish Cache { get; init; }

    /// <summary>The sha256 of the program that works inside the container.</summary>
    public required Digest Builder { get; init; }
}
