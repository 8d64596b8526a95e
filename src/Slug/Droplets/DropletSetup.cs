using Slug.Content.Oci;
using Slug.Droplets.Records;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>Wires the droplets.</summary>
internal static class DropletSetup
{
    extension(IServiceCollection services)
    {
        public void AddDroplets()
        {
            services.AddSingleton(provider => new OciLayout(provider.GetRequiredService<DataDirectory>().Images));
            services.AddSingleton<StoreTurn>();
            services.AddSingleton<DamagedBlobs>();
            services.AddSingleton<LayerStore>();
            services.AddSingleton<StepStore>();
            services.AddSingleton<Recording>();
            services.AddSingleton<DropletRecords>();
            services.AddSingleton<DropletStore>();
            services.AddSingleton<DropletSweep>();
            services.AddSingleton<DropletArchive>();
        }
    }
}
