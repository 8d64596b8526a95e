using Microsoft.AspNetCore.Connections;
using Slug.Api;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Hosting;

/// <summary>Wires what the stages stand on and the flow that joins them.</summary>
internal static class HostingSetup
{
    extension(IServiceCollection services)
    {
        public void AddHosting(ServiceOptions options, DataDirectory data, IConfiguration configuration)
        {
            services.AddOptions<RetentionOptions>().Bind(configuration.GetSection("Retention"))
                .Validate(limits => limits.IsPossible, "SLUG9020: a number of things that are kept is below 1; set --keep-builds, --keep-droplets and --keep-releases")
                .ValidateOnStart();
            services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(10));
            services.AddTelemetry(configuration);
            services.AddSingleton(options);
            services.AddSingleton(data);
            services.AddSingleton(Instance.Of(data));
            services.AddSingleton(TimeProvider.System);
            services.AddSingleton<IMemoryPoolFactory<byte>>(new TransferMemory());
            services.AddSingleton<Database>();
            services.AddTokens();
            services.AddSingleton<ConfigSealing>();
            services.AddSingleton<EventFeed>();
            services.AddSingleton<SignedLinks>();
            services.AddSingleton<ServiceEvents>();
            services.AddSingleton<Recovery>();
            services.AddSingleton<Claims>();
            services.AddSingleton<Retention>();
            services.AddSingleton<BlobUses>();
            services.AddSingleton<StoreCheck>();
            services.AddSingleton<DiskUse>();
            services.AddSingleton<Readiness>();
            services.AddHostedService<RetentionSweep>();
            services.AddSingleton<Intake>();
            services.AddSingleton<DeployFlow>();
            services.AddSingleton<Deploys>();
            services.AddHostedService(provider => provider.GetRequiredService<Deploys>());
            services.AddSingleton<SlugUploads>();
            services.AddSingleton<AskedBuilds>();
            services.AddHostedService(provider => provider.GetRequiredService<AskedBuilds>());
            services.AddSingleton<Pushes.AnswerPush>(provider => provider.GetRequiredService<Deploys>().AnswerAsync);
            services.AddSingleton<Pushes.JoinPush>(provider => provider.GetRequiredService<Deploys>().Join);
            services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
        }
    }
}
