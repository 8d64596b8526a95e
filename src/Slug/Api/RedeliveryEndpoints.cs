using Slug.Tokens;
using Slug.Webhooks.Outgoing;

namespace Slug.Api;

/// <summary>What the Platform API has no word for: a delivery is sent again, a webhook is tried.</summary>
internal static class RedeliveryEndpoints
{
    public static void MapRedeliveries(this IEndpointRouteBuilder api)
    {
        var app = api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>();
        app.MapPost("/webhook-deliveries/{delivery}/redeliver", SendAgainAsync)
            .WithName("redeliver").WithSummary("Sends a webhook's delivery again, whatever became of it").Produces(202).Fails(404);
        app.MapPost("/webhooks/{webhook}/test", TestAsync)
            .WithName("testWebhook").WithSummary("Sends a delivery that tells of nothing, to try a webhook").Produces(202).Fails(404);
    }

    private static async Task<IResult> SendAgainAsync(HttpContext http, string delivery, DeliveryStore deliveries)
    {
        var app = AppFilter.AppOf(http);
        if (!Guid.TryParse(delivery, out var id) || await deliveries.FindAsync(app, id, http.RequestAborted) is not { } found)
            return Problems.NotFound("SLUG6256", $"the app '{app.Name}' has no webhook delivery '{delivery}'; 'slug webhooks {app.Name} deliveries' lists them");
        await deliveries.SendAgainAsync(app, found, Grant.Of(http).Name, http.RequestAborted);
        return TypedResults.Accepted((string?)null);
    }

    private static async Task<IResult> TestAsync(HttpContext http, string webhook, WebhookStore webhooks)
    {
        var app = AppFilter.AppOf(http);
        if (!Guid.TryParse(webhook, out var id) || await webhooks.FindAsync(app, id, http.RequestAborted) is not { } found)
            return Problems.NotFound("SLUG6255", $"the app '{app.Name}' has no webhook '{webhook}'; 'slug webhooks {app.Name}' lists them");
        await webhooks.TestAsync(app, found, Grant.Of(http).Name, http.RequestAborted);
        return TypedResults.Accepted((string?)null);
    }
}
