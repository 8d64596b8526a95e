namespace Slug.Webhooks.Outgoing;

/// <summary>Wires the outgoing webhooks.</summary>
internal static class OutgoingSetup
{
    public static void AddOutgoingWebhooks(this IServiceCollection services)
    {
        services.AddSingleton<WebhookStore>();
        services.AddSingleton<WebhookWishes>();
        services.AddSingleton<DeliveryStore>();
        services.AddSingleton<WebhookPost>();
        services.AddSingleton<TargetCircuits>();
        services.AddHostedService<DeliverySender>();
    }
}
