using Microsoft.Extensions.Options;

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
                .AddSingleton<SourceReader>()
                .AddSingleton<SourceFiles>()
                .AddSingleton<SourceArchive>();
        }
    }
}
