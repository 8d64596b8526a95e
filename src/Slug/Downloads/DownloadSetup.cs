using Microsoft.Extensions.Options;

namespace Slug.Downloads;

/// <summary>Wires the archives of packages that all builds share.</summary>
internal static class DownloadSetup
{
    extension(IServiceCollection services)
    {
        public void AddDownloads(IConfiguration configuration)
        {
            services.AddOptions<DownloadOptions>().Bind(configuration.GetSection("Downloads")).ValidateOnStart();
            services.AddSingleton<IValidateOptions<DownloadOptions>>(new Mistakes());
            services.AddSingleton(provider => provider.GetRequiredService<IOptions<DownloadOptions>>().Value);
            services.AddSingleton<RegistryClient>();
            services.AddSingleton<IRegistry, NpmRegistry>();
            services.AddSingleton<IRegistry, NuGetRegistry>();
            services.AddSingleton<IRegistry, AptRegistry>();
            services.AddSingleton<ArchiveStore>();
            services.AddSingleton<Mirror>();
        }
    }

    private sealed class Mistakes : IValidateOptions<DownloadOptions>
    {
        public ValidateOptionsResult Validate(string? name, DownloadOptions options) =>
            options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
