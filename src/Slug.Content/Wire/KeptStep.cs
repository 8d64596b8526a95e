namespace Slug.Content.Wire;

/// <summary>What a step with declared inputs left in an earlier build of the app. Body of <c>GET /builder/builds/{id}/steps/{key}</c>'s answer; 404 with the reason as text where nothing is kept.</summary>
public sealed record KeptStep
{
    /// <summary>Its files, a layer that <c>GET /builder/blobs/{diffId}</c> gives.</summary>
    public required LayerReference Layer { get; init; }

    /// <summary>The layer's size as it is stored, in bytes.</summary>
    public required long StoredSize { get; init; }

    /// <summary>The app needs these files when it runs and not while it is compiled.</summary>
    public required bool ForRunAlone { get; init; }

    /// <summary>The id of the build whose step made them.</summary>
    public required string Build { get; init; }
}

/// <summary>What a step made in this build, to be kept where the build becomes a droplet.</summary>
public sealed record MadeStep
{
    /// <summary>The name of its buildpack.</summary>
    public required string Buildpack { get; init; }

    /// <summary>Of all that it declared to read.</summary>
    public required Digest Key { get; init; }

    /// <summary>Its files.</summary>
    public required LayerReference Layer { get; init; }

    /// <summary>As in <see cref="KeptStep"/>.</summary>
    public required bool ForRunAlone { get; init; }
}
