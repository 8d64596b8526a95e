namespace Slug.Apps;

/// <summary>Wires the apps.</summary>
internal static class AppSetup
{
    extension(IServiceCollection services)
    {
        public void AddApps()
        {
            services.AddSingleton<AppStore>();
            services.AddSingleton<ConfigKey>();
            services.AddSingleton<ConfigVars>();
        }
    }
}
