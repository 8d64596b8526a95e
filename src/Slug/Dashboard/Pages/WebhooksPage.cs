using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Tokens;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Outgoing;

namespace Slug.Dashboard.Pages;

/// <summary>An app's webhooks: what other machines asked of it, and what others were told.</summary>
internal static class WebhooksPage
{
    public static async Task<IResult> ShowAsync(
        HttpContext http, HookStore hooks, Webhooks.Incoming.DeliveryStore received, WebhookStore webhooks, Webhooks.Outgoing.DeliveryStore sent)
    {
        var (app, cancellationToken) = (AppOfPage.Of(http), http.RequestAborted);
        var incoming = new List<Html>();
        foreach (var hook in await hooks.ListAsync(app, cancellationToken))
            incoming.Add(IncomingPart.Of(hook, await received.ListAsync(hook, cancellationToken)));
        var mayConfigure = Grant.Of(http).Allows(Scope.Config, app.Name);
        return new Page
        {
            Title = $"Webhooks of {app.Name}",
            Tab = TabOf(app),
            Main =
                $"""
                <h2>Incoming</h2>
                {(incoming.Count == 0 ? $"<p>None: <code>slug hooks {app.Name} add</code> makes one that a forge sends its pushes to.</p>" : (Html)$"{incoming}")}
                <h2>Outgoing</h2>
                {OutgoingPart.Of(app, await webhooks.ListAsync(app, cancellationToken), await sent.ListAsync(app, cancellationToken), mayConfigure ? Forms.Of(http) : null)}
                """,
        };
    }

    public static async Task<IResult> TestAsync(HttpContext http, string webhook, WebhookStore webhooks)
    {
        var app = AppOfPage.Of(http);
        if (!Guid.TryParse(webhook, out var id) || await webhooks.FindAsync(app, id, http.RequestAborted) is not { } found)
            return Problem.Page(TabOf(app), StatusCodes.Status404NotFound, $"SLUG6255: the app '{app.Name}' has no webhook '{webhook}'; 'slug webhooks {app.Name}' lists them");
        await webhooks.TestAsync(app, found, Grant.Of(http).Name, http.RequestAborted);
        return Back(app);
    }

    public static async Task<IResult> SendAgainAsync(HttpContext http, string delivery, Webhooks.Outgoing.DeliveryStore deliveries)
    {
        var app = AppOfPage.Of(http);
        if (!Guid.TryParse(delivery, out var id) || await deliveries.FindAsync(app, id, http.RequestAborted) is not { } found)
            return Problem.Page(TabOf(app), StatusCodes.Status404NotFound, $"SLUG6256: the app '{app.Name}' has no webhook delivery '{delivery}'; 'slug webhooks {app.Name} deliveries' lists them");
        await deliveries.SendAgainAsync(app, found, Grant.Of(http).Name, http.RequestAborted);
        return Back(app);
    }

    private static AppTab TabOf(App app) => new($"{app.Name}", "Webhooks");

    private static IResult Back(App app) => Page.See($"/ui/apps/{app.Name}/webhooks");
}
