using System.Net;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Slug.Tests.Webhooks.Outgoing;

/// <summary>Somebody's server that webhooks are sent to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly Channel<Received> received = Channel.CreateUnbounded<Received>();

    private Receiver(WebApplication app) => this.app = app;

    /// <summary>A path that is a secret, as chat programs have it.</summary>
    public string Url => $"{app.Urls.Single()}/hooks/T0P-S3CRET?key=also";

    /// <summary>What it answers; may take its time.</summary>
    public Func<HttpContext, Task> Answer { get; set; } = With(HttpStatusCode.NoContent);

    public int Count { get; private set; }

    public static Func<HttpContext, Task> With(HttpStatusCode status) => http =>
    {
        http.Response.StatusCode = (int)status;
        return Task.CompletedTask;
    };

    /// <summary>Takes what is sent and says nothing.</summary>
    public static Func<HttpContext, Task> Never { get; } = http => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    public static async Task<Receiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var receiver = new Receiver(app);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync();
        return receiver;
    }

    /// <summary>The next request that came in, as far as it has not been asked for.</summary>
    public async Task<Received> NextAsync(CancellationToken cancellationToken) => await received.Reader.ReadAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        Count++;
        received.Writer.TryWrite(new(http.Request.Path, http.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase), body.ToArray()));
        await Answer(http);
    }
}

/// <summary>A request as it came in.</summary>
internal sealed record Received(string Path, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Body);

    public string Delivery => Headers["webhook-id"];

    public string Resource => $"{Json.GetProperty("resource")} {Json.GetProperty("action")}";
}
