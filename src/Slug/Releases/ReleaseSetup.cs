namespace Slug.Releases;

/// <summary>Wires the releases.</summary>
internal static class ReleaseSetup
{
    extension(IServiceCollection services)
    {
        public void AddReleases()
        {
            services.AddSingleton<ReleaseStore>();
            services.AddSingleton<Releaser>();
        }
    }
}
