using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Acceptance.Webhooks;

/// <summary>The side of a forge that is told of commits: it notes what it is told, and by whom.</summary>
internal sealed class ForgeApi : IAsyncDisposable
{
    private readonly WebApplication web;

    private ForgeApi(WebApplication web) => this.web = web;

    public string Url => $"{web.Urls.Single()}/api/v3";

    public ConcurrentQueue<ToldStatus> Told { get; } = new();

    public static async Task<ForgeApi> StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var forge = new ForgeApi(web);
        web.Run(forge.NoteAsync);
        await web.StartAsync(cancellationToken);
        return forge;
    }

    /// <summary>What it was told of a commit, once that is so much.</summary>
    public async Task<IReadOnlyList<ToldStatus>> OfAsync(string commit, int count, CancellationToken cancellationToken)
    {
        IReadOnlyList<ToldStatus> Of() => [.. Told.Where(told => told.Path.EndsWith(commit, StringComparison.Ordinal))];
        await Eventually.TrueAsync(() => Of().Count >= count, cancellationToken);
        return Of();
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task NoteAsync(HttpContext http)
    {
        using var body = new StreamReader(http.Request.Body);
        Told.Enqueue(new(http.Request.Path, http.Request.Headers.Authorization.ToString(), JsonNode.Parse(await body.ReadToEndAsync(http.RequestAborted))!));
        http.Response.StatusCode = StatusCodes.Status201Created;
    }
}

/// <summary>One call.</summary>
internal sealed record ToldStatus(string Path, string Authorization, JsonNode Body)
{
    public string State => (string)Body["state"]!;

    public string Description => (string)Body["description"]!;

    public string Address => (string)Body["target_url"]!;
}
