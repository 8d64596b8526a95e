using Microsoft.Extensions.Options;
using Slug.Hosting;

namespace Slug.Remotes;

/// <summary>Wires what is fetched from other machines.</summary>
internal static class RemoteSetup
{
    extension(IServiceCollection services)
    {
        public void AddRemotes(IConfiguration configuration)
        {
            services.AddOptions<RemoteOptions>().Bind(configuration.GetSection("Remotes")).PostConfigure(options =>
                options.CaBundle ??= configuration["Builds:CaBundle"] ?? NamedBundle()).ValidateOnStart();
            services.AddSingleton<IValidateOptions<RemoteOptions>>(new Mistakes());
            services.AddSingleton(provider => provider.GetRequiredService<IOptions<RemoteOptions>>().Value);
            services.AddSingleton(provider => new Netrc(provider.GetRequiredService<DataDirectory>().Netrc));
            services.AddSingleton<RemoteHosts>();
            services.AddSingleton<GitTransport>();
            services.AddSingleton<RemoteGit>();
            services.AddSingleton<RemoteFiles>();
            services.AddSingleton<RemoteAttempts>();
        }
    }

    private static string? NamedBundle() => Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { } file && File.Exists(file) ? file : null;

    private sealed class Mistakes : IValidateOptions<RemoteOptions>
    {
        public ValidateOptionsResult Validate(string? name, RemoteOptions options) =>
            options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
