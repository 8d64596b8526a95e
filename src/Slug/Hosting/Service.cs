using Slug.Api;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Dashboard;
using Slug.Downloads;
using Slug.Droplets;
using Slug.Engines;
using Slug.Platform;
using Slug.Pushes;
using Slug.Registry;
using Slug.Releases;
using Slug.Remotes;
using Slug.Sources;
using Slug.Stacks;
using Slug.Verifications;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Outgoing;

namespace Slug.Hosting;

/// <summary>The service: wired in the order of the flow, started when what a crash left is swept, ended by a signal.</summary>
internal static class Service
{
    /// <summary>Runs until SIGTERM or SIGINT. Gives the exit code.</summary>
    /// <param name="settings">Configuration keys and values, as the command line gave them.</param>
    /// <param name="cancellationToken">Ends the service like a signal.</param>
    public static async Task<int> RunAsync(IReadOnlyDictionary<string, string?> settings, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(settings);
        var options = builder.Configuration.GetSection("Service").Get<ServiceOptions>() ?? new();
        var data = new DataDirectory(options.Data);
        data.Create();
        using var alone = data.Lock();

        AddAll(builder, options, data);
        await using var app = builder.Build();
        MapAll(app);
        await app.Services.GetRequiredService<Recovery>().RunAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        using var announcement = ServiceFile.Announce(data, app.Urls.First(url => url.StartsWith("http://", StringComparison.Ordinal) && !url.Contains("unix:", StringComparison.Ordinal)), TimeProvider.System);
        var life = app.Services.GetRequiredService<ServiceEvents>();
        await life.StartedAsync(cancellationToken);
        await app.WaitForShutdownAsync(cancellationToken);
        await life.StoppedAsync();
        return 0;
    }

    /// <summary>Every stage, and what stages stand on.</summary>
    public static void AddAll(WebApplicationBuilder builder, ServiceOptions options, DataDirectory data)
    {
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning).AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            .AddSimpleConsole(console => (console.SingleLine, console.UseUtcTimestamp, console.TimestampFormat) = (true, true, "yyyy-MM-ddTHH:mm:ss.fffZ "));
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(options, data)).UseSockets(sockets => sockets.MaxWriteBufferSize = Listeners.MostUnsent);
        builder.Services.AddHosting(options, data, builder.Configuration);
        builder.Services.AddEngines(builder.Configuration);
        builder.Services.AddStacks();
        builder.Services.AddRemotes(builder.Configuration);
        builder.Services.AddDownloads(builder.Configuration);
        builder.Services.AddBuildpacks();
        builder.Services.AddApps();
        builder.Services.AddPushes();
        builder.Services.AddSources();
        builder.Services.AddBuilds(builder.Configuration);
        builder.Services.AddDroplets();
        builder.Services.AddReleases();
        builder.Services.AddVerifications();
        builder.Services.AddOutgoingWebhooks();
        builder.Services.AddIncomingWebhooks();
        builder.Services.AddApi();
        builder.Services.AddPlatform();
        builder.Services.AddRegistry();
        builder.Services.AddDashboard();
    }

    /// <summary>Every route of the three doors.</summary>
    public static void MapAll(WebApplication app)
    {
        app.UseHookDoor(routes => routes.MapHook());
        app.UseBuilderDoor(routes =>
        {
            routes.MapBuilders();
            routes.MapDownloads();
            routes.MapLayers();
        });
        app.UsePublicDoor(routes =>
        {
            routes.MapApi();
            routes.MapPlatform();
            routes.MapHooks();
            routes.MapRegistry();
            routes.MapDashboard();
            routes.MapPushes();
        });
    }
}
