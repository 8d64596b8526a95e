using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Engines;

namespace Slug.Tests.Engines;

/// <summary>A server on a Unix socket that answers as a test says.</summary>
internal sealed class FakeEngine : IAsyncDisposable
{
    private readonly WebApplication app;

    private FakeEngine(WebApplication app, string socket) => (this.app, Socket) = (app, socket);

    public string Socket { get; }

    public string ApiVersion { get; set; } = "1.41";

    /// <summary>Paths asked for, without the pings.</summary>
    public List<string> Asked { get; } = [];

    public static string NewSocket() => Path.Combine(Path.GetTempPath(), $"slug-{Guid.NewGuid():N}.sock");

    public static async Task<FakeEngine> StartAsync(RequestDelegate answer, CancellationToken cancellationToken, string? socket = null)
    {
        socket ??= NewSocket();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        var fake = new FakeEngine(builder.Build(), socket);
        fake.app.Run(context => fake.AnswerAsync(context, answer));
        await fake.app.StartAsync(cancellationToken);
        return fake;
    }

    public DockerEngine Client(Action<EngineOptions>? change = null)
    {
        var options = new EngineOptions { Socket = Socket, RetryDelay = TimeSpan.FromMilliseconds(10) };
        change?.Invoke(options);
        return new(options, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private Task AnswerAsync(HttpContext context, RequestDelegate answer)
    {
        context.Response.Headers["Api-Version"] = ApiVersion;
        if (context.Request.Path == "/_ping")
            return Task.CompletedTask;
        Asked.Add(context.Request.Path + context.Request.QueryString);
        return answer(context);
    }
}
