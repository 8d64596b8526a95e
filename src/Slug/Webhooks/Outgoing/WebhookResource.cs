using Slug.Apps;
using Slug.Platform;

namespace Slug.Webhooks.Outgoing;

/// <summary>A webhook in the Platform API: without its secrets.</summary>
internal sealed record WebhookResource(
    AppReference App, DateTimeOffset CreatedAt, Guid Id, IReadOnlyList<string> Include, string Level, DateTimeOffset UpdatedAt, string Url)
{
    public static WebhookResource Of(App app, Webhook webhook) =>
        new(AppReference.Of(app), webhook.CreatedAt, webhook.Id, webhook.Include, webhook.Level, webhook.UpdatedAt, webhook.Address);
}

/// <summary>What a webhook is asked to be.</summary>
internal sealed record WebhookRequest(string? Authorization, IReadOnlyList<string>? Include, string? Level, string? Secret, string? Url);
