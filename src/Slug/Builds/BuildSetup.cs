using Microsoft.Extensions.Options;

namespace Slug.Builds;

/// <summary>Wires the builds.</summary>
internal static class BuildSetup
{
    extension(IServiceCollection services)
    {
        public void AddBuilds(IConfiguration configuration)
        {
            services.AddOptions<BuildOptions>().Bind(configuration.GetSection("Builds")).PostConfigure(FindCaBundle).ValidateOnStart();
            services.AddSingleton<IValidateOptions<BuildOptions>>(new Mistakes());
            services.AddSingleton(BuilderProgram.Find());
            services.AddSingleton<MountedFiles>();
            services.AddSingleton<ChosenBuildpacks>();
            services.AddSingleton<BuildStore>();
            services.AddSingleton<BuildLogs>();
            services.AddSingleton<BuildSweep>();
            services.AddSingleton<BuildQueue>();
            services.AddSingleton<BuildCaches>();
            services.AddSingleton<BuildEnvironment>();
            services.AddSingleton<BuildJobs>();
            services.AddSingleton<BuildPlans>();
            services.AddSingleton<BuildReport>();
            services.AddSingleton<BuildMeasures>();
            services.AddSingleton<BuildRunner>();
            services.AddSingleton<BuildRuns>();
            services.AddSingleton<BuildGround>();
            services.AddSingleton<BuilderContainerSpec>();
            services.AddSingleton<FailureCapsules>();
            services.AddSingleton<BuilderContainers>();
            services.AddHostedService(provider => provider.GetRequiredService<BuilderContainers>());
        }
    }

    /// <summary>The certificates that this machine trusts. Behind a company proxy they are more than the stack's: what the host uses, builds use.</summary>
    public static string? HostBundle()
    {
        const string system = "/etc/ssl/certs/ca-certificates.crt";
        return Environment.GetEnvironmentVariable("SSL_CERT_FILE") is { Length: > 0 } file ? file : File.Exists(system) ? system : null;
    }

    private static void FindCaBundle(BuildOptions options) => options.CaBundle ??= HostBundle();

    private sealed class Mistakes : IValidateOptions<BuildOptions>
    {
        public ValidateOptionsResult Validate(string? name, BuildOptions options) =>
            options.Mistakes().ToList() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
