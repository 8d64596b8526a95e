using Slug.Heroku;

namespace Slug.Webhooks.Outgoing;

/// <summary>An app in a payload. Addresses are left out of payloads: the service does not know by which one it is reached.</summary>
internal sealed record AppDetails(
    Guid Id,
    string Name,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    DateTimeOffset? ReleasedAt,
    NamedReference? Stack,
    NamedReference? BuildStack,
    UserReference Owner,
    NamedReference Region,
    long? SlugSize)
{
    public bool Maintenance { get; }

    public DateTimeOffset? ArchivedAt { get; }
}

/// <summary>A build in a payload.</summary>
internal sealed record BuildDetails(
    Guid Id,
    AppReference App,
    string Status,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Stack,
    SourceDetails SourceBlob,
    SlugDetails? Slug,
    UserReference User);

/// <summary>A release in a payload: it is current the moment it is made.</summary>
internal sealed record ReleaseDetails(
    Guid Id,
    AppReference App,
    int Version,
    string Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    SlugDetails? Slug,
    UserReference User)
{
    public string Status { get; } = "succeeded";

    public bool Current { get; } = true;

    public IReadOnlyList<string> AddonPlanNames { get; } = [];
}

/// <summary>What a build was made of.</summary>
internal sealed record SourceDetails(string? Checksum, string Version);

/// <summary>What came of a build.</summary>
internal sealed record SlugDetails(Guid Id, string? Commit);
