using Microsoft.Extensions.Options;
using Slug.Sources.Archives;
using Slug.Sources.Blobs;
using Slug.Sources.LargeFiles;
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
            services.AddOptions<SourceOptions>().BindConfiguration("Sources").ValidateDataAnnotations().ValidateOnStart();
            return services
                .AddSingleton(provider => provider.GetRequiredService<IOptions<SourceOptions>>().Value)
                .AddSingleton<KnownTrees>()
                .AddSingleton<TreeListing>()
                .AddSingleton<TreeMaker>()
                .AddSingleton<SubmoduleFetch>()
                .AddSingleton<SubmoduleWalks>()
                .AddSingleton<LargeFileServer>()
                .AddSingleton<LargeFileFetch>()
                .AddSingleton<SourceReader>()
                .AddSingleton<SourceFiles>()
                .AddSingleton<SourceArchive>()
                .AddSingleton<ArchiveImport>()
                .AddSingleton<SlugImport>()
                .AddSingleton<Uploads>()
                .AddSingleton<SourceShelf>()
                .AddSingleton<SourceFetch>();
        }
    }
}
