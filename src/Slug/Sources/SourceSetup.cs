using Microsoft.Extensions.Options;
using Slug.Sources.Archives;
using Slug.Sources.Submodules;

namespace Slug.Sources;

/// <summary>Turns pushes into sources.</summary>
internal static class SourceSetup
{
    extension(IServiceCollection services)
    {
        /// <summary>Configuration: the section <c>Sources</c>.</summary>
        public IServiceCollection AddSources()
        {
            services.AddOptions<SourceOptions>().BindConfiguration("Sources").ValidateDataAnnotations()
                .Validate(options => !options.ReadAllowed().Contains(null), "SLUG2317: --source-allow is no list of address ranges; expected ranges like 10.1.0.0/16,127.0.0.0/8")
                .ValidateOnStart();
            return services
                .AddSingleton(provider => provider.GetRequiredService<IOptions<SourceOptions>>().Value)
                .AddSingleton<KnownTrees>()
                .AddSingleton<TreeListing>()
                .AddSingleton<TreeMaker>()
                .AddSingleton<SubmoduleHosts>()
                .AddSingleton<SubmoduleFetch>()
                .AddSingleton<SubmoduleWalks>()
                .AddSingleton<SourceReader>()
                .AddSingleton<SourceArchive>()
                .AddSingleton<ArchiveImport>()
                .AddSingleton<Uploads>();
        }
    }
}
