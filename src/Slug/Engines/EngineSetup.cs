using Microsoft.Extensions.Options;
using Slug.Hosting;

namespace Slug.Engines;

/// <summary>Wires the Docker engine.</summary>
internal static class EngineSetup
{
    extension(IServiceCollection services)
    {
        public void AddEngines(IConfiguration configuration)
        {
            services.AddOptions<EngineOptions>().Bind(configuration.GetSection("Engine"));
            services.AddSingleton(provider => new DockerEngine(provider.GetRequiredService<IOptions<EngineOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new BuildNetwork(provider.GetRequiredService<DockerEngine>(), provider.GetRequiredService<Instance>().Id));
        }
    }
}
