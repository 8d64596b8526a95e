namespace Slug.Registry;

/// <summary>Wires the registry.</summary>
internal static class RegistrySetup
{
    extension(IServiceCollection services)
    {
        public void AddRegistry()
        {
            services.AddSingleton<RunLayers>();
            services.AddSingleton<GzipLayers>();
            services.AddSingleton<ReleaseImages>();
            services.AddSingleton<AppImages>();
        }
    }
}
