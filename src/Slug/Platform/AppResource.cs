using Slug.Heroku;

namespace Slug.Platform;

/// <summary>An app. What Slug has none of is null or false.</summary>
internal sealed record AppResource
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required UserReference Owner { get; init; }

    public required NamedReference Stack { get; init; }

    public required NamedReference BuildStack { get; init; }

    /// <summary>Here, not at Heroku: the one member that leaves the published schema, whose pattern names Heroku's host.</summary>
    public required string GitUrl { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Bytes of the current release's droplet, compressed.</summary>
    public long? SlugSize { get; init; }

    public long? RepoSize { get; init; }

    public string? BuildpackProvidedDescription { get; init; }

    public NamedReference Region { get; } = NamedReference.Here;

    /// <summary>Heroku's word for apps of classic buildpacks: its clients speak of a 'fir' in other ways.</summary>
    public NamedReference Generation { get; } = new(PlatformId.Of("generation", "cedar"), "cedar");

    public bool Acm { get; }

    public bool InternalRouting { get; }

    public bool Maintenance { get; }

    public DateTimeOffset? ArchivedAt { get; }

    public NamedReference? Organization { get; }

    public NamedReference? Team { get; }

    public NamedReference? Space { get; }

    public string? WebUrl { get; }
}

/// <summary>What may be said of an app when it is made or changed.</summary>
internal sealed record AppRequest(string? Name, string? Stack, string? BuildStack, string? Region, bool? Maintenance);
