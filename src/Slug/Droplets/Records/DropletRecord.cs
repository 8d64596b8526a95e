using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Droplets.Records;

/// <summary>
/// All that went into a droplet and how it was made: enough to make it again. It is kept beside the droplet, not in it,
/// as the same inputs become the same droplet on another day.
/// </summary>
internal sealed record DropletRecord
{
    public required Guid Build { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>The app's name at the time.</summary>
    public required string App { get; init; }

    public required Digest Droplet { get; init; }

    public required Digest Manifest { get; init; }

    public required RecordedSource Source { get; init; }

    public required RecordedStack Stack { get; init; }

    /// <summary>Sha256 of the program that worked inside the container.</summary>
    public required Digest Builder { get; init; }

    /// <summary>The version of Slug.</summary>
    public required string Slug { get; init; }

    /// <summary>In the order in which they were asked; those that did not compile the app too.</summary>
    public required IReadOnlyList<RecordedBuildpack> Buildpacks { get; init; }

    /// <summary>Who named the buildpacks; null where all that come with Slug were tried and the first that knew the app compiled it.</summary>
    public string? BuildpacksBy { get; init; }

    /// <summary>Name to a keyed digest of the value: without the key of this installation it tells nothing of it.</summary>
    public required IReadOnlyDictionary<string, string> ConfigVars { get; init; }

    /// <summary>The environment of detect, compile and release. No config var is in it.</summary>
    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    public required RecordedLimits Limits { get; init; }

    /// <summary>What earlier builds left that this one was given.</summary>
    public required RecordedUses Uses { get; init; }

    /// <summary>In the order in which they began.</summary>
    public required IReadOnlyList<RecordedPhase> Phases { get; init; }

    /// <summary>What each buildpack's bin/report printed.</summary>
    public required IReadOnlyList<BuildpackReport> Reports { get; init; }

    /// <summary>Lowest first.</summary>
    public required IReadOnlyList<RecordedLayer> Layers { get; init; }

    /// <summary>When its first phase began.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>When the droplet was made.</summary>
    public required DateTimeOffset FinishedAt { get; init; }
}

/// <summary>What was compiled. Ids are git's.</summary>
internal sealed record RecordedSource
{
    public required string Tree { get; init; }

    public required string Commit { get; init; }

    public required string Branch { get; init; }

    /// <summary>The folder of the repository that was built; '.' is the whole of it.</summary>
    public required string Folder { get; init; }

    /// <summary>A commit that was made for the tree, where that is not the pushed commit's own: of a folder, or with submodules.</summary>
    public string? MadeCommit { get; init; }

    /// <summary>Apps whose large files stand behind the tree's pointers.</summary>
    public required IReadOnlyList<Guid> LargeFilesOf { get; init; }
}

/// <summary>The stack's name and images.</summary>
internal sealed record RecordedStack(string Name, Digest BuildImage, Digest RunImage, string StandsInFor);

/// <summary>A buildpack that was asked.</summary>
internal sealed record RecordedBuildpack
{
    /// <summary>The name of one that comes with Slug, the address of one from elsewhere, or the folder of one in the source.</summary>
    public required string Name { get; init; }

    /// <summary>Of its tar; null for a folder of the source that did not compile.</summary>
    public Digest? Digest { get; init; }

    /// <summary>The commit or ETag that was fetched.</summary>
    public string? Revision { get; init; }

    /// <summary>It is a folder of the source, whose tree pins it.</summary>
    public required bool InSource { get; init; }

    /// <summary>It knew the app and compiled it.</summary>
    public required bool Compiled { get; init; }

    /// <summary>What its bin/detect printed.</summary>
    public string? Description { get; init; }
}

/// <summary>What the build was allowed. Sizes in bytes.</summary>
internal sealed record RecordedLimits
{
    public required TimeSpan Timeout { get; init; }

    public required long Memory { get; init; }

    public required double Cpus { get; init; }

    public required int Processes { get; init; }

    public required long Droplet { get; init; }

    public required long Cache { get; init; }

    /// <summary>bridge or none.</summary>
    public required string Network { get; init; }
}

/// <summary>The caches of a build: it is cold where it was given none.</summary>
internal sealed record RecordedUses
{
    /// <summary>What the push wanted of the build cache: use, passOver or clear.</summary>
    public required string Wish { get; init; }

    public RecordedCache? Cache { get; init; }

    /// <summary>What steps with declared inputs made in earlier builds.</summary>
    public required IReadOnlyList<RecordedStep> Steps { get; init; }
}

/// <summary>A build cache, and the build that left it.</summary>
internal sealed record RecordedCache(Guid Build, Digest Digest, long Size);

/// <summary>A step's layer, and the build that made it.</summary>
internal sealed record RecordedStep(string Build, Digest DiffId, long Size);

/// <summary>A phase of the build, by the builder's clock.</summary>
internal sealed record RecordedPhase(string Phase, DateTimeOffset StartedAt, DateTimeOffset FinishedAt, int ExitCode);

/// <summary>A layer of the droplet: its tar, and as it is stored. Sizes in bytes.</summary>
internal sealed record RecordedLayer(Digest DiffId, long Size, Digest Blob, long BlobSize)
{
    public static RecordedLayer Of(Layer layer) => new(layer.DiffId, layer.TarSize, layer.Blob, layer.BlobSize);
}
