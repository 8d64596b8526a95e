namespace Slug.Webhooks.Outgoing;

/// <summary>One event on its way to one webhook.</summary>
internal sealed record Delivery
{
    /// <summary>Its place in the order of sending.</summary>
    public required long Position { get; init; }

    public required Guid Id { get; init; }

    public required Guid WebhookId { get; init; }

    public required string Level { get; init; }

    public required Guid EventId { get; init; }

    public required string Include { get; init; }

    public required string Status { get; init; }

    public required int Attempts { get; init; }

    /// <summary>From which its day counts.</summary>
    public required DateTimeOffset QueuedAt { get; init; }

    /// <summary>Null once it has ended.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The last attempt; null before the first.</summary>
    public Guid? AttemptId { get; init; }

    public int? AttemptCode { get; init; }

    public string? AttemptError { get; init; }

    public DateTimeOffset? AttemptedAt { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Of the last attempt: a delivery that is to be sent again may have arrived before.</summary>
    public bool AttemptSucceeded => AttemptCode is >= 200 and < 300;
}

/// <summary>Where a delivery stands, in Heroku's words.</summary>
internal static class DeliveryStatus
{
    public const string Pending = "pending";
    public const string Retrying = "retrying";
    public const string Failed = "failed";
    public const string Succeeded = "succeeded";
}
