using Slug.Content;
using Slug.Engines.Wire;

namespace Slug.Stacks;

/// <summary>A stack whose two images are in the engine.</summary>
internal sealed record Stack
{
    public required string Name { get; init; }

    /// <summary>The image that droplets run in.</summary>
    public required Digest RunImage { get; init; }

    /// <summary>The image that buildpacks run in.</summary>
    public required Digest BuildImage { get; init; }

    public required string StandsInFor { get; init; }

    /// <summary>Bytes of the run image.</summary>
    public required long RunSize { get; init; }

    /// <summary>Bytes of the build image, those of the run image among them.</summary>
    public required long BuildSize { get; init; }

    /// <summary>When the engine took it; the images themselves hold no time.</summary>
    public DateTimeOffset? Loaded { get; init; }

    /// <summary>What a build depends on: part of every droplet key.</summary>
    public Digest Digest => BuildImage;

    internal static Stack Of(StackDefinition definition, ImageDetails run, ImageDetails build) => new()
    {
        Name = definition.Name,
        RunImage = Digest.Parse(run.Id),
        BuildImage = Digest.Parse(build.Id),
        StandsInFor = definition.StandsInFor,
        RunSize = run.Size,
        BuildSize = build.Size,
        Loaded = build.Metadata?.LastTagTime,
    };
}
