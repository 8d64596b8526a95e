using System.Text.Json;
using Slug.Heroku;

namespace Slug.Webhooks.Outgoing;

/// <summary>A delivery's body, in the form of Heroku's webhook events.</summary>
internal sealed record Payload(
    Guid Id,
    string Action,
    UserReference Actor,
    DateTimeOffset CreatedAt,
    JsonElement Data,
    string Resource,
    PayloadMetadata WebhookMetadata)
{
    /// <summary>Of the form that the details have.</summary>
    public const string ApiVersion = "application/vnd.heroku+json; version=3";

    private static readonly JsonElement nothing = ElementOf("{}");

    public JsonElement PreviousData { get; } = nothing;

    public DateTimeOffset PublishedAt => CreatedAt;

    public DateTimeOffset UpdatedAt => CreatedAt;

    public int? Sequence { get; }

    public string Version { get; } = ApiVersion;

    public static byte[] Of(Parcel parcel, Guid attempt)
    {
        var told = parcel.Event;
        var metadata = new PayloadMetadata(new(attempt), new(parcel.Delivery.Id), new(told.Id, told.Include), new(parcel.Webhook.Id));
        var payload = new Payload(told.Id, told.Action, UserReference.Of(told.Actor), told.CreatedAt, ElementOf(told.Data), told.Resource, metadata);
        return JsonSerializer.SerializeToUtf8Bytes(payload, PayloadJson.Default.Payload);
    }

    public static JsonElement ElementOf(string json) => JsonSerializer.Deserialize(json, PayloadJson.Default.JsonElement);
}

/// <summary>Which attempt of which delivery this is.</summary>
internal sealed record PayloadMetadata(IdReference Attempt, IdReference Delivery, EventReference Event, IdReference Webhook);

/// <summary>An event as deliveries name it.</summary>
internal sealed record EventReference(Guid Id, string Include);
