namespace Slug.Webhooks.Incoming;

/// <summary>What came in by a hook, and what became of it.</summary>
internal sealed record Delivery
{
    /// <summary>Counts up with time.</summary>
    public required Guid Id { get; init; }

    public required Guid HookId { get; init; }

    /// <summary>The sender's own id.</summary>
    public required string Key { get; init; }

    /// <summary>Digest of what was sent, where that is good once; empty where it may come again.</summary>
    public required string Body { get; init; }

    /// <summary>One of <see cref="DeliveryStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>Why it was ignored, or failed, or which release it made.</summary>
    public string? Reason { get; init; }

    public string? Branch { get; init; }

    public string? CommitId { get; init; }

    /// <summary>From where it is fetched; null of what is not.</summary>
    public string? Url { get; init; }

    /// <summary>Where the sender reaches this service.</summary>
    public required string Address { get; init; }

    /// <summary>How often it was begun.</summary>
    public int Attempts { get; init; }

    public Guid? BuildId { get; init; }

    /// <summary>The state that the forge was last told, or why it was not; null where it is not told.</summary>
    public string? Told { get; init; }

    /// <summary>Where the request stands in its trace; null where nobody traces.</summary>
    public string? Trace { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>Where a delivery stands, as it is written in its row.</summary>
internal static class DeliveryStatus
{
    /// <summary>It asks for nothing that this hook does.</summary>
    public const string Ignored = "ignored";

    public const string Accepted = "accepted";
    public const string Building = "building";

    /// <summary>A newer one of its branch is here.</summary>
    public const string Superseded = "superseded";

    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
}
