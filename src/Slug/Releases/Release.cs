namespace Slug.Releases;

/// <summary>A droplet and config vars, numbered v1, v2, … per app. Never changed once made.</summary>
internal sealed record Release
{
    public required int Version { get; init; }

    /// <summary>Null for a release of config alone, before the first push.</summary>
    public string? Droplet { get; init; }

    public string? CommitId { get; init; }

    /// <summary>The uploaded slug that it was made of; null where a source was compiled.</summary>
    public Guid? Slug { get; init; }

    public required string Description { get; init; }

    /// <summary>The name of the token that made it; null where an older version noted none.</summary>
    public string? By { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
