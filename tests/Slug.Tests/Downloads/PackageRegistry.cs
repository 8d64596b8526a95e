using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Tests.Downloads;

/// <summary>A registry on the loopback: it has what a test puts there, and counts what it is asked for.</summary>
internal sealed class PackageRegistry : IAsyncDisposable
{
    private readonly WebApplication web;

    private PackageRegistry(WebApplication web) => this.web = web;

    public string Url => web.Urls.Single() + "/";

    /// <summary>Path and query of each request, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>By path.</summary>
    public ConcurrentDictionary<string, byte[]> Files { get; } = new();

    /// <summary>Paths whose answers break off.</summary>
    public HashSet<string> Broken { get; } = [];

    /// <summary>Answers wait for it.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    public static async Task<PackageRegistry> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var registry = new PackageRegistry(web);
        web.Run(registry.AnswerAsync);
        await web.StartAsync();
        return registry;
    }

    /// <summary>Publishes a package of npm's and gives the path of its archive; its index promises these bytes, or others.</summary>
    public string Publish(string name, string version, byte[] archive, string? integrity = null)
    {
        var path = $"/{name}/-/{name.Split('/')[^1]}-{version}.tgz";
        Files[path] = archive;
        integrity ??= "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));
        Files[$"/{name}/{version}"] = Encoding.UTF8.GetBytes($$"""{"name":"{{name}}","version":"{{version}}","dist":{"integrity":"{{integrity}}"} }""");
        return path;
    }

    public int Asked(string path) => Requests.Count(request => request == path);

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Requests.Enqueue($"{http.Request.Path}{http.Request.QueryString}");
        await Gate;
        if (Broken.Contains(http.Request.Path))
        {
            http.Response.ContentLength = 1_000;
            await http.Response.Body.WriteAsync(new byte[10]);
            http.Abort();
            return;
        }

        if (Files.TryGetValue(http.Request.Path.Value!.Replace("%2f", "/", StringComparison.OrdinalIgnoreCase), out var bytes))
            await http.Response.Body.WriteAsync(bytes);
        else
            http.Response.StatusCode = StatusCodes.Status404NotFound;
    }
}
