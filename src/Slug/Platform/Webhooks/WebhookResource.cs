using Slug.Apps;
using Slug.Heroku;
using Slug.Webhooks.Outgoing;

namespace Slug.Platform.Webhooks;

/// <summary>A webhook in the Platform API: without its secrets.</summary>
internal sealed record WebhookResource(
    AppReference App, DateTimeOffset CreatedAt, Guid Id, IReadOnlyList<string> Include, string Level, DateTimeOffset UpdatedAt, string Url)
{
    public static WebhookResource Of(App app, Webhook webhook) =>
        new(AppReference.Of(app), webhook.CreatedAt, webhook.Id, webhook.Include, webhook.Level, webhook.UpdatedAt, webhook.Address);
}
