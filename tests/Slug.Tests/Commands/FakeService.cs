using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Hosting;

namespace Slug.Tests.Commands;

/// <summary>A service of canned answers, announced in a data directory of its own as the real one is.</summary>
internal sealed class FakeService : IAsyncDisposable
{
    public const string Token = "slg_of_a_test";

    private readonly ScratchFolder folder = new();
    private readonly WebApplication app;
    private readonly FileStream held;

    private FakeService(WebApplication app)
    {
        this.app = app;
        held = new FileStream(folder.In("lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
    }

    public string Data => folder.Path;

    public string Url => app.Urls.Single();

    /// <summary>Method, path, query and body of each request.</summary>
    public List<string> Requests { get; } = [];

    public static async Task<FakeService> StartAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var service = new FakeService(app);
        app.Use(service.RecordAsync);
        map(app);
        await app.StartAsync();
        Directory.CreateDirectory(service.folder.In("run"));
        var file = new ServiceFile(Environment.ProcessId, service.Url, DateTimeOffset.UnixEpoch);
        await File.WriteAllTextAsync(service.folder.In("run/service.json"), JsonSerializer.Serialize(file, JsonSerializerOptions.Web));
        await File.WriteAllTextAsync(service.folder.In("token"), Token + "\n");
        return service;
    }

    public Task<Invocation> InvokeAsync(params string[] args) => Invocation.OfAsync([.. args, "--data", Data]);

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        await held.DisposeAsync();
        folder.Dispose();
    }

    private async Task RecordAsync(HttpContext http, RequestDelegate next)
    {
        using var reader = new StreamReader(http.Request.Body);
        Requests.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString} {await reader.ReadToEndAsync()}".Trim());
        if (http.Request.Headers.Authorization == $"Bearer {Token}")
            await next(http);
        else
            http.Response.StatusCode = StatusCodes.Status401Unauthorized;
    }
}
