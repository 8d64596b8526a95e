using System.Collections.Concurrent;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Acceptance.Builds;

/// <summary>npm's registry by way of this machine, at an address that builds may reach where that is allowed: it notes what it is asked for.</summary>
internal sealed class CountingRegistry : IAsyncDisposable
{
    private readonly HttpClient npm = new() { BaseAddress = new("https://registry.npmjs.org/") };
    private readonly WebApplication web;

    private CountingRegistry(WebApplication web) => this.web = web;

    public static IPAddress Address { get; } = NetworkInterface.GetAllNetworkInterfaces()
        .Where(network => network.OperationalStatus == OperationalStatus.Up && network.NetworkInterfaceType != NetworkInterfaceType.Loopback)
        .SelectMany(network => network.GetIPProperties().UnicastAddresses)
        .Select(own => own.Address)
        .First(address => address.AddressFamily == AddressFamily.InterNetwork);

    public string Url => web.Urls.Single() + "/";

    /// <summary>The paths of archives that were asked for.</summary>
    public ConcurrentQueue<string> Archives { get; } = new();

    public static async Task<CountingRegistry> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add($"http://{Address}:0");
        var registry = new CountingRegistry(web);
        web.Run(registry.AnswerAsync);
        await web.StartAsync(cancellationToken);
        return registry;
    }

    public async ValueTask DisposeAsync()
    {
        await web.DisposeAsync();
        npm.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        if (http.Request.Path.Value!.EndsWith(".tgz", StringComparison.Ordinal))
            Archives.Enqueue(http.Request.Path);
        using var answer = await npm.GetAsync(http.Request.Path.Value.TrimStart('/'), HttpCompletionOption.ResponseHeadersRead, http.RequestAborted);
        (http.Response.StatusCode, http.Response.ContentType) = ((int)answer.StatusCode, answer.Content.Headers.ContentType?.ToString());
        await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }
}
