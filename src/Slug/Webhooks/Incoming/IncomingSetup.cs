namespace Slug.Webhooks.Incoming;

/// <summary>Builds what forges say was pushed to them.</summary>
internal static class IncomingSetup
{
    extension(IServiceCollection services)
    {
        public void AddIncomingWebhooks()
        {
            services.AddSingleton<HookStore>();
            services.AddSingleton<DeliveryStore>();
            services.AddSingleton<CommitFetch>();
            services.AddSingleton<FetchedContents>();
            services.AddSingleton<FetchedSweep>();
            services.AddSingleton<CommitStatuses>();
            services.AddSingleton<DeliveryFlow>();
            services.AddSingleton<DeliveryRuns>();
            services.AddHostedService(provider => provider.GetRequiredService<DeliveryRuns>());
            services.AddSingleton<Reception>();
        }
    }
}
