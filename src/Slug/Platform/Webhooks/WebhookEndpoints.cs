using System.Globalization;
using Slug.Tokens;
using Slug.Webhooks.Outgoing;

namespace Slug.Platform.Webhooks;

/// <summary>The Platform API's app-webhooks, with their deliveries and events.</summary>
internal static class WebhookEndpoints
{
    /// <summary>Carries the secret, this once.</summary>
    private const string SecretHeader = "Heroku-Webhook-Secret";

    /// <param name="app">The group of an app's endpoints.</param>
    public static void MapWebhooks(this IEndpointRouteBuilder app)
    {
        app.MapGet("/webhooks", ListAsync);
        app.MapPost("/webhooks", CreateAsync);
        app.MapGet("/webhooks/{webhook}", ShowAsync);
        app.MapPatch("/webhooks/{webhook}", ChangeAsync);
        app.MapDelete("/webhooks/{webhook}", RemoveAsync);
        app.MapGet("/webhook-deliveries", ListDeliveriesAsync);
        app.MapGet("/webhook-deliveries/{delivery}", ShowDeliveryAsync);
        app.MapGet("/webhook-events", ListEventsAsync);
        app.MapGet("/webhook-events/{event}", ShowEventAsync);
    }

    private static async Task<IResult> ListAsync(HttpContext http, WebhookStore webhooks)
    {
        var app = NamedApp.Of(http);
        var all = (await webhooks.ListAsync(app, http.RequestAborted)).Select(webhook => WebhookResource.Of(app, webhook));
        return Paging.Of(http, all, new SortKey<WebhookResource>("id", webhook => webhook.Id.ToString()));
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Body<WebhookRequest> body, WebhookWishes wishes, WebhookStore webhooks)
    {
        var app = NamedApp.Of(http);
        var result = await wishes.ReadNewAsync(body.Value, http.RequestAborted);
        if (result is not WishResult.Good(var wish))
            return Refused(result);
        if (await webhooks.CreateAsync(app, wish, Grant.Of(http).Name, http.RequestAborted) is not { } webhook)
            return PlatformError.Invalid($"SLUG6258: the app '{app.Name}' has {WebhookStore.Most} webhooks, which is as many as there may be; remove one first: heroku webhooks:remove ID");
        http.Response.Headers[SecretHeader] = webhook.Secret;
        return Answer.Of(WebhookResource.Of(app, webhook), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string webhook, WebhookStore webhooks) =>
        await FindAsync(http, webhook, webhooks) is { } found ? Answer.Of(WebhookResource.Of(NamedApp.Of(http), found)) : NoWebhook(webhook);

    private static async Task<IResult> ChangeAsync(HttpContext http, string webhook, Body<WebhookRequest> body, WebhookWishes wishes, WebhookStore webhooks)
    {
        var app = NamedApp.Of(http);
        if (await FindAsync(http, webhook, webhooks) is not { } found)
            return NoWebhook(webhook);
        var result = await wishes.ReadAsync(body.Value, http.RequestAborted);
        return result is WishResult.Good(var wish)
            ? Answer.Of(WebhookResource.Of(app, await webhooks.ChangeAsync(app, found, wish, Grant.Of(http).Name, http.RequestAborted)))
            : Refused(result);
    }

    private static async Task<IResult> RemoveAsync(HttpContext http, string webhook, WebhookStore webhooks)
    {
        var app = NamedApp.Of(http);
        if (await FindAsync(http, webhook, webhooks) is not { } found)
            return NoWebhook(webhook);
        await webhooks.RemoveAsync(app, found, Grant.Of(http).Name, http.RequestAborted);
        return Answer.Of(WebhookResource.Of(app, found));
    }

    private static async Task<IResult> ListDeliveriesAsync(HttpContext http, DeliveryStore deliveries)
    {
        var all = await deliveries.ListAsync(NamedApp.Of(http), http.RequestAborted);
        // The form in which Heroku's command line filters.
        if (http.Request.Query["eq[status]"].ToString() is { Length: > 0 } status)
            all = [.. all.Where(delivery => delivery.Status == status)];
        var places = all.ToDictionary(delivery => delivery.Id, delivery => delivery.Position.ToString(CultureInfo.InvariantCulture));
        return Paging.Of(
            http, all.Select(DeliveryResource.Of), new SortKey<DeliveryResource>("seq", delivery => places[delivery.Id]), new("id", delivery => delivery.Id.ToString()));
    }

    private static async Task<IResult> ShowDeliveryAsync(HttpContext http, string delivery, DeliveryStore deliveries) =>
        Guid.TryParse(delivery, out var id) && await deliveries.FindAsync(NamedApp.Of(http), id, http.RequestAborted) is { } found
            ? Answer.Of(DeliveryResource.Of(found))
            : PlatformError.NotFound($"SLUG6256: the app '{NamedApp.Of(http).Name}' has no webhook delivery '{delivery}'; expected the id of one: heroku webhooks:deliveries");

    private static async Task<IResult> ListEventsAsync(HttpContext http, DeliveryStore deliveries) =>
        Paging.Of(
            http, (await deliveries.ListEventsAsync(NamedApp.Of(http), http.RequestAborted)).Select(EventResource.Of), new SortKey<EventResource>("id", told => told.Id.ToString()));

    private static async Task<IResult> ShowEventAsync(HttpContext http, string @event, DeliveryStore deliveries) =>
        Guid.TryParse(@event, out var id) && await deliveries.FindEventAsync(NamedApp.Of(http), id, http.RequestAborted) is { } found
            ? Answer.Of(EventResource.Of(found))
            : PlatformError.NotFound($"SLUG6257: the app '{NamedApp.Of(http).Name}' has no webhook event '{@event}'; expected the id of one: heroku webhooks:events");

    private static async Task<Webhook?> FindAsync(HttpContext http, string id, WebhookStore webhooks) =>
        Guid.TryParse(id, out var parsed) ? await webhooks.FindAsync(NamedApp.Of(http), parsed, http.RequestAborted) : null;

    private static IResult NoWebhook(string id) => PlatformError.NotFound($"SLUG6255: there is no webhook '{id}' of this app; expected the id of one: heroku webhooks");

    private static IResult Refused(WishResult result) => PlatformError.Invalid(((WishResult.Refused)result).Message);
}
