using Slug.Remotes;

namespace Slug.Webhooks.Outgoing;

/// <summary>Where an app's changes are told, and which. Address and secrets are in no text that is made of it.</summary>
internal sealed record Webhook
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>As it was given; whoever knows it may be all that a receiver asks for.</summary>
    public required string Address { get; init; }

    /// <summary>What deliveries are signed with.</summary>
    public required string Secret { get; init; }

    /// <summary>The header of that name, where the receiver wants one.</summary>
    public string? Authorization { get; init; }

    public required IReadOnlyList<string> Include { get; init; }

    public required string Level { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public RemoteUrl Url => RemoteUrl.TryParse(Address, out var url) ? url : throw new InvalidOperationException("it was an address when it was kept");

    public override string ToString() => $"{Id}";
}

/// <summary>How hard a delivery is tried.</summary>
internal static class WebhookLevel
{
    /// <summary>Once.</summary>
    public const string Notify = "notify";

    /// <summary>Until it arrives, for a day; those after it wait.</summary>
    public const string Sync = "sync";
}
