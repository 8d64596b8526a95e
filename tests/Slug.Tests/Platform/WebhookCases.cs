using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Platform;

internal static class WebhookCases
{
    private const string Webhook = "#/definitions/app-webhook/definitions/app_webhook";
    private const string WebhookMembers = "app created_at id include level updated_at url";
    private const string Delivery = "#/definitions/app-webhook-delivery";
    private const string DeliveryMembers = "created_at event id last_attempt next_attempt_at num_attempts status updated_at webhook";
    private const string Event = "#/definitions/app-webhook-event";
    private const string EventMembers = "created_at id include payload updated_at";
    private const string Unknown = "00000000-0000-0000-0000-000000000000";

    public static IReadOnlyList<PlatformCase> All { get; } =
    [
        new("GET /apps/{app}/webhooks", "/apps/mine/webhooks") { Schema = Webhook, IsList = true, Members = WebhookMembers, Bad = BadInput.NoRange },
        new("POST /apps/{app}/webhooks", "/apps/mine/webhooks")
        {
            Body = """{"url":"http://127.0.0.1:9/hooks","include":["api:app","api:build"],"level":"notify","secret":"dcbff0c4430a2960","authorization":"Bearer 9266671b"}""",
            Status = 201,
            Schema = Webhook,
            Members = WebhookMembers,
            Bad = new(422, "invalid_params", "SLUG6252") { Body = """{"url":"http://127.0.0.1:9/hooks","include":["api:app"],"level":"loud"}""" },
        },
        new("GET /apps/{app}/webhooks/{webhook}", "/apps/mine/webhooks/{webhook}") { Schema = Webhook, Members = WebhookMembers, Bad = Missing("webhooks/none", "SLUG6255") },
        new("PATCH /apps/{app}/webhooks/{webhook}", "/apps/mine/webhooks/{webhook}")
        {
            Body = """{"level":"sync"}""",
            Schema = Webhook,
            Members = WebhookMembers,
            Bad = new(422, "invalid_params", "SLUG6251") { Body = """{"include":[]}""" },
        },
        new("DELETE /apps/{app}/webhooks/{webhook}", "/apps/mine/webhooks/{doomed-webhook}") { Schema = Webhook, Members = WebhookMembers, Bad = Missing($"webhooks/{Unknown}", "SLUG6255") },
        new("GET /apps/{app}/webhook-deliveries", "/apps/mine/webhook-deliveries") { Schema = Delivery, IsList = true, Members = DeliveryMembers, Bad = BadInput.NoRange },
        new("GET /apps/{app}/webhook-deliveries/{delivery}", "/apps/mine/webhook-deliveries/{delivery}")
        {
            Schema = Delivery, Members = DeliveryMembers, Bad = Missing($"webhook-deliveries/{Unknown}", "SLUG6256"),
        },
        new("GET /apps/{app}/webhook-events", "/apps/mine/webhook-events") { Schema = Event, IsList = true, Members = EventMembers, Bad = BadInput.NoRange },
        new("GET /apps/{app}/webhook-events/{event}", "/apps/mine/webhook-events/{event}") { Schema = Event, Members = EventMembers, Bad = Missing("webhook-events/none", "SLUG6257") },
    ];

    /// <summary>Two webhooks that lead to nobody, and a delivery of one.</summary>
    public static async Task PrepareAsync(PlatformScene scene, Dictionary<string, string> words)
    {
        var webhooks = scene.Of<WebhookStore>();
        foreach (var name in (string[])["webhook", "doomed-webhook"])
        {
            var webhook = (await webhooks.CreateAsync(scene.App, new("http://127.0.0.1:9/hooks", null, null, Notice.Includes, WebhookLevel.Sync), "tests", CancellationToken.None))!;
            words[name] = webhook.Id.ToString();
            var delivery = await webhooks.TestAsync(scene.App, webhook, "tests", CancellationToken.None);
            if (name != "webhook")
                continue;
            words["delivery"] = delivery.ToString();
            words["event"] = (await scene.Of<DeliveryStore>().FindAsync(scene.App, delivery, CancellationToken.None))!.EventId.ToString();
        }
    }

    private static BadInput Missing(string path, string code) => new(404, "not_found", code) { Path = $"/apps/mine/{path}" };
}
