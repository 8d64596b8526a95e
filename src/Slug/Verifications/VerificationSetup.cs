namespace Slug.Verifications;

/// <summary>Wires the verifications.</summary>
internal static class VerificationSetup
{
    extension(IServiceCollection services)
    {
        public void AddVerifications()
        {
            services.AddSingleton<RecordedSources>();
            services.AddSingleton<RecordedPlans>();
            services.AddSingleton<RebuildComparison>();
            services.AddSingleton<VerificationFlow>();
            services.AddSingleton<VerificationRequests>();
        }
    }
}
