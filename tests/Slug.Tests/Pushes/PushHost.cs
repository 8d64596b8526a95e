using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Sources;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Tests.Pushes;

/// <summary>A service that receives pushes and nothing else, on a port and in a folder of its own.</summary>
internal sealed class PushHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly DirectoryInfo folder;

    private PushHost(WebApplication app, DirectoryInfo folder)
    {
        this.app = app;
        this.folder = folder;
    }

    /// <summary>What builds the pushes: by default each is accepted with a line.</summary>
    public FakeBuilds Builds => app.Services.GetRequiredService<FakeBuilds>();

    public DataDirectory Data => app.Services.GetRequiredService<DataDirectory>();

    public AppStore Apps => app.Services.GetRequiredService<AppStore>();

    public IServiceProvider Services => app.Services;

    public string Token { get; private set; } = "";

    public Uri Address { get; private set; } = null!;

    public static async Task<PushHost> StartAsync(Action<PushOptions>? configure = null, TimeProvider? time = null)
    {
        var folder = Directory.CreateTempSubdirectory("slug-push-");
        var data = new DataDirectory(Path.Combine(folder.FullName, "data"));
        data.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddProvider(new TestLog()).AddFilter("Microsoft", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(new ServiceOptions { Port = 0 }, data));
        builder.Services
            .AddSingleton(data).AddSingleton(Instance.Of(data)).AddSingleton(time ?? TimeProvider.System)
            .AddSingleton<Database>().AddTokens().AddSingleton<AppStore>()
            .AddSingleton<FakeBuilds>().AddSingleton<AnswerPush>(services => services.GetRequiredService<FakeBuilds>().AnswerAsync)
            .AddSingleton<JoinPush>(services => services.GetRequiredService<FakeBuilds>().JoinAsync)
            .AddMeasures().AddPushes().AddSources()
            .Configure<PushOptions>(options => configure?.Invoke(options));
        builder.Services.AddRemotes(builder.Configuration);
        var app = builder.Build();
        app.UsePublicDoor(routes => routes.MapPushes());
        app.UseHookDoor(routes => routes.MapHook());
        var host = new PushHost(app, folder);
        await host.StartAsync();
        return host;
    }

    public async Task<Repository> RepositoryAsync(string name) =>
        Repository.Of((await Apps.FindAsync(AppName.Parse(name), CancellationToken.None))!, Data);

    public Task StopAsync() => app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Delete(recursive: true);
    }

    private async Task StartAsync()
    {
        await Services.GetRequiredService<TokenStore>().EnsureAdminAsync(CancellationToken.None);
        Token = (await File.ReadAllTextAsync(Data.Token)).Trim();
        await app.StartAsync();
        var addresses = Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var port = new Uri(addresses.First(address => address.StartsWith("http://localhost", StringComparison.Ordinal) || address.Contains("127.0.0.1", StringComparison.Ordinal))).Port;
        Address = new Uri($"http://127.0.0.1:{port}/");
    }
}
