using System.Text.Json;
using Slug.Heroku;
using Slug.Webhooks.Outgoing;

namespace Slug.Platform.Webhooks;

/// <summary>What webhooks were told, in the Platform API.</summary>
internal sealed record EventResource(DateTimeOffset CreatedAt, Guid Id, string Include, EventPayload Payload, DateTimeOffset UpdatedAt)
{
    public static EventResource Of(ToldEvent told) => new(
        told.CreatedAt,
        told.Id,
        told.Include,
        new(told.Action, UserReference.Of(told.Actor), Slug.Webhooks.Outgoing.Payload.ElementOf(told.Data), Slug.Webhooks.Outgoing.Payload.ElementOf("{}"), told.Resource, Slug.Webhooks.Outgoing.Payload.ApiVersion),
        told.CreatedAt);
}

/// <summary>What of a payload is the same for all deliveries of an event.</summary>
internal sealed record EventPayload(string Action, UserReference Actor, JsonElement Data, JsonElement PreviousData, string Resource, string Version);
