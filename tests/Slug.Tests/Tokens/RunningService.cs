using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Slug.Hosting;
using Slug.Stacks;
using Slug.Tests.Commands;
using Slug.Tokens;

namespace Slug.Tests.Tokens;

/// <summary>The whole service in this process, with a folder of its own and no engine.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    // Without an engine no build gets as far as its builder; that it is there is asked for at the start. Written once: services start side by side.
    private static readonly Lazy<string> builderFile = new(() =>
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "builder")).FullName, "slug-builder");
        File.WriteAllText(file, "");
        return file;
    });

    private readonly ScratchFolder folder;
    private readonly WebApplication app;

    private RunningService(ScratchFolder folder, WebApplication app) => (this.folder, this.app) = (folder, app);

    public IServiceProvider Services => app.Services;

    public Uri Address => new(app.Urls.First(url => url.StartsWith("http://127", StringComparison.Ordinal)));

    public IEnumerable<RouteEndpoint> Endpoints => Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public static Task<RunningService> StartAsync(CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string?>> settings) =>
        StartAsync(_ => { }, cancellationToken, settings);

    /// <param name="change">What is otherwise than in the program.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <param name="settings">As of the command line.</param>
    public static async Task<RunningService> StartAsync(
        Action<IServiceCollection> change, CancellationToken cancellationToken, params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.In("buildpacks"));
        await File.WriteAllTextAsync(folder.In("buildpacks/order"), "nodejs\nstatic\n", cancellationToken);
        foreach (var name in (string[])["nodejs", "static"])
            Directory.CreateDirectory(folder.In($"buildpacks/{name}/bin"));
        _ = builderFile.Value;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration["Builds:Buildpacks"] = folder.In("buildpacks");
        builder.Configuration["Engine:Socket"] = folder.In("no-engine.sock");
        builder.Configuration["Engine:RetryDelay"] = "00:00:00.001";
        builder.Configuration.AddInMemoryCollection(settings);
        var options = new ServiceOptions { Port = 0, Data = folder.In("data") };
        var data = new DataDirectory(options.Data);
        data.Create();
        Service.AddAll(builder, options, data);
        // The program has its stacks beside it; without them it would stop as soon as it looks for one.
        builder.Services.AddSingleton(provider => new StackCatalog(Path.Combine(Checkout.Root, "stacks"), provider.GetRequiredService<StackImages>()));
        // It sweeps when it has started: what a test puts there that no row refers to yet would go, now and then.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(RetentionSweep)));
        change(builder.Services);
        builder.Logging.ClearProviders();
        var app = builder.Build();
        Service.MapAll(app);
        await app.Services.GetRequiredService<Recovery>().RunAsync(cancellationToken);
        await app.StartAsync(cancellationToken);
        return new(folder, app);
    }

    /// <summary>A new token's secret.</summary>
    public async Task<string> TokenAsync(Grant grant, CancellationToken cancellationToken) =>
        (await Services.GetRequiredService<TokenStore>().CreateAsync(grant, null, "tests", cancellationToken))!.Value.Reveal();

    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? token, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false };
        using var client = new HttpClient(handler) { BaseAddress = Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (token is not null && IsPage(path))
            request.Headers.Add("Cookie", await CookieAsync(token, cancellationToken));
        else if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async Task<HttpStatusCode> StatusAsync(string method, string path, string? token, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(method, path, token, cancellationToken);
        return response.StatusCode;
    }

    /// <summary>Pages are opened by a session alone.</summary>
    public static bool IsPage(string path) => path == "/" || path.StartsWith("/ui/", StringComparison.Ordinal);

    /// <summary>What a browser sends that a token has signed in.</summary>
    public async Task<string> CookieAsync(string secret, CancellationToken cancellationToken)
    {
        var id = SessionId.Create();
        Token.TryRead(secret, out var token);
        var grant = await Services.GetRequiredService<TokenStore>().FindAsync(token, cancellationToken);
        await Services.GetRequiredService<SessionStore>().OpenAsync(id, token, grant!, cancellationToken);
        return $"slug-{Services.GetRequiredService<Instance>().Id}={id.Reveal()}";
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        folder.Dispose();
    }
}
