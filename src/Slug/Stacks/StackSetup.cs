using Slug.Engines;
using Slug.Hosting;

namespace Slug.Stacks;

/// <summary>Wires the stacks.</summary>
internal static class StackSetup
{
    extension(IServiceCollection services)
    {
        public void AddStacks()
        {
            services.AddSingleton(provider => new StackImages(provider.GetRequiredService<DockerEngine>(), provider.GetRequiredService<Instance>().Id));
            services.AddSingleton<StackPackages>();
            services.AddSingleton<StackChanges>();
            services.AddSingleton(provider => new StackCatalog(Path.Combine(AppContext.BaseDirectory, "stacks"), provider.GetRequiredService<StackImages>()));
        }
    }
}
