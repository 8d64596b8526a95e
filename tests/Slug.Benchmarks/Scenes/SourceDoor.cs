using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Slug.Pushes;
using Slug.Sources;

namespace Slug.Benchmarks.Scenes;

/// <summary>The service's answer to a builder that asks for its source, over a Unix socket as in a build.</summary>
internal sealed class SourceDoor : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly HttpClient client;

    private SourceDoor(TemporaryFolder work, Source source)
    {
        var socket = work.In("source.sock");
        var archive = new SourceArchive(new Git(new(), new(work.In("data"))), new(new(work.In("data"))));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket));
        server = builder.Build();
        server.MapGet("/source", (HttpContext http) =>
            TypedResults.Stream(body => archive.WriteAsync(source, body, http.RequestAborted), "application/x-tar"));
        client = new(new SocketsHttpHandler { ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken), UseProxy = false });
    }

    public static async Task<SourceDoor> OpenAsync(TemporaryFolder work, Source source, CancellationToken cancellationToken)
    {
        var door = new SourceDoor(work, source);
        await door.server.StartAsync(cancellationToken);
        return door;
    }

    public Task<Stream> GetAsync(CancellationToken cancellationToken) => client.GetStreamAsync("http://slug/source", cancellationToken);

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await server.DisposeAsync();
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
