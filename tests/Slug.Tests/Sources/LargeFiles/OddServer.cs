using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Tests.Sources.LargeFiles;

/// <summary>A server of Git LFS that answers as a test has it: a batch, and whatever is fetched from it.</summary>
internal sealed class OddServer : IAsyncDisposable
{
    private readonly WebApplication web;

    private OddServer(WebApplication web) => this.web = web;

    public Uri Url => new(web.Urls.Single() + "/me/hello.git");

    /// <summary>The answer to a batch; SELF stands for the server's own address.</summary>
    public string Batch { get; set; } = "";

    public int Status { get; set; } = 200;

    public string Body { get; set; } = "";

    /// <summary>Where who fetches is sent on to.</summary>
    public string? Redirection { get; set; }

    /// <summary>Path and authorization of each request.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public static async Task<OddServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var web = builder.Build();
        web.Urls.Add("http://127.0.0.1:0");
        var server = new OddServer(web);
        web.Run(server.AnswerAsync);
        await web.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => web.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        Asked.Enqueue($"{http.Request.Path} {http.Request.Headers.Authorization}".TrimEnd());
        var isBatch = http.Request.Method == "POST";
        http.Response.StatusCode = isBatch ? Status : Redirection is null ? 200 : 302;
        http.Response.Headers.Location = Redirection;
        await http.Response.WriteAsync(isBatch ? Batch.Replace("SELF", web.Urls.Single(), StringComparison.Ordinal) : Body, http.RequestAborted);
    }
}
