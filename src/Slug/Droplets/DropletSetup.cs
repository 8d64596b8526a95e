using Slug.Content.Oci;
using Slug.Droplets.Bills;
using Slug.Droplets.Listings;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;
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
            services.AddSingleton<DerivedBlobs>();
            services.AddSingleton<StepStore>();
            services.AddSingleton<Recording>();
            services.AddSingleton<SigningKey>();
            services.AddSingleton<BillMaking>();
            services.AddSingleton<Attestations>();
            services.AddSingleton<DropletOwners>();
            services.AddSingleton<DropletRecords>();
            services.AddSingleton<DropletStore>();
            services.AddSingleton<UploadedSlugs>();
            services.AddSingleton<DropletListings>();
            services.AddSingleton<LateCompression>();
            services.AddHostedService(provider => provider.GetRequiredService<LateCompression>());
            services.AddSingleton<ReferrerStore>();
            services.AddSingleton<DropletSweep>();
            services.AddSingleton<DropletArchive>();
        }
    }
}
