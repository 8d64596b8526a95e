namespace Slug.Builds;

/// <summary>The source of a build that was asked for with an address, as it was asked for.</summary>
internal sealed record AskedSource
{
    /// <summary>Where it is. In what is remembered there is neither a password nor a query, which may be one.</summary>
    public required string Url { get; init; }

    /// <summary>What it has to be: <c>SHA256:</c> and 64 hex digits; null where nothing was said.</summary>
    public string? Checksum { get; init; }

    public string? Version { get; init; }

    public string? VersionDescription { get; init; }

    /// <summary>The buildpacks that were asked for with it; none where the app itself chooses.</summary>
    public IReadOnlyList<string> Buildpacks { get; init; } = [];
}
