namespace Slug.Webhooks.Outgoing;

/// <summary>What a webhook is asked to be.</summary>
internal sealed record WebhookRequest(string? Authorization, IReadOnlyList<string>? Include, string? Level, string? Secret, string? Url);
