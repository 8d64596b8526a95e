namespace Slug.Buildpacks;

/// <summary>Wires the buildpacks.</summary>
internal static class BuildpackSetup
{
    extension(IServiceCollection services)
    {
        public void AddBuildpacks()
        {
            services.AddSingleton<BuildpackShelf>();
            services.AddSingleton<BuildpackCatalog>();
            services.AddSingleton<AppBuildpacks>();
            services.AddSingleton<FetchedBuildpacks>();
            services.AddSingleton<BuildpackUnpacking>();
            services.AddSingleton<GitBuildpacks>();
            services.AddSingleton<ArchiveBuildpacks>();
            services.AddSingleton<BuildpackPinning>();
        }
    }
}
