namespace Slug.Webhooks.Outgoing;

/// <summary>All that an attempt needs.</summary>
internal sealed record Parcel(Delivery Delivery, ToldEvent Event, Webhook Webhook);
