using Slug.Webhooks.Outgoing;

namespace Slug.Platform.Webhooks;

/// <summary>A delivery in the Platform API.</summary>
internal sealed record DeliveryResource(
    DateTimeOffset CreatedAt,
    EventReference Event,
    Guid Id,
    int NumAttempts,
    DateTimeOffset? NextAttemptAt,
    AttemptResource? LastAttempt,
    string Status,
    DateTimeOffset UpdatedAt,
    WebhookReference Webhook)
{
    public static DeliveryResource Of(Delivery delivery) => new(
        delivery.CreatedAt,
        new(delivery.EventId, delivery.Include),
        delivery.Id,
        delivery.Attempts,
        delivery.NextAttemptAt,
        delivery.AttemptId is { } attempt && delivery.AttemptedAt is { } at
            ? new(attempt, delivery.AttemptCode, delivery.AttemptError, delivery.AttemptSucceeded ? "succeeded" : "failed", at, at)
            : null,
        delivery.Status,
        delivery.UpdatedAt,
        new(delivery.WebhookId, delivery.Level));
}

/// <summary>The last attempt of a delivery.</summary>
internal sealed record AttemptResource(Guid Id, int? Code, string? ErrorClass, string Status, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

/// <summary>A webhook as deliveries name it.</summary>
internal sealed record WebhookReference(Guid Id, string Level);
