using Slug.Heroku;

namespace Slug.Platform;

/// <summary>A token as Heroku's clients know accounts. What no token has is null or false.</summary>
internal sealed record AccountResource
{
    public required Guid Id { get; init; }

    public required string Email { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public DateTimeOffset? LastLogin { get; init; }

    public bool AllowTracking { get; }

    public bool Beta { get; }

    public bool Federated { get; }

    public bool TwoFactorAuthentication { get; }

    public bool Verified { get; } = true;

    public string? IdentityProvider { get; }

    public string? SmsNumber { get; }

    public DateTimeOffset? SuspendedAt { get; }

    public DateTimeOffset? DelinquentAt { get; }

    public string? CountryOfResidence { get; }

    public NamedReference? DefaultOrganization { get; }

    public NamedReference? DefaultTeam { get; }
}

/// <summary>How many more requests the token has at this moment.</summary>
internal sealed record RateLimitResource(int Remaining);
