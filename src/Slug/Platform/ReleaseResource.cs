using Slug.Heroku;

namespace Slug.Platform;

/// <summary>A release. There are no release-phase commands: each has succeeded when it is there, and has no output.</summary>
internal sealed record ReleaseResource
{
    public required Guid Id { get; init; }

    public required int Version { get; init; }

    public required AppReference App { get; init; }

    public required UserReference User { get; init; }

    public required string Description { get; init; }

    /// <summary>Null for a release of config alone, before the first push.</summary>
    public IdReference? Slug { get; init; }

    public required IReadOnlyList<Artifact> Artifacts { get; init; }

    public required bool Current { get; init; }

    public required bool EligibleForRollback { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string Status { get; } = "succeeded";

    public IReadOnlyList<string> AddonPlanNames { get; } = [];

    public string? OutputStreamUrl { get; }
}

/// <summary>What a release runs: always a slug.</summary>
internal sealed record Artifact(string Type, Guid Id);

/// <summary>What a new release is to be of: a slug, or an earlier release.</summary>
internal sealed record ReleaseRequest(Guid? Slug, Guid? Release, string? Description);
