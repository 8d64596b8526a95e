using System.Net;
using System.Net.Sockets;

namespace Slug.Engines;

/// <summary>A container's stdin, stdout and stderr on a connection of their own that the engine has handed over ("hijacked").</summary>
internal sealed class AttachedStreams : IAsyncDisposable
{
    private readonly HttpClient client;
    private readonly Socket socket;
    private readonly Stream stream;
    private readonly bool terminal;

    private AttachedStreams(HttpClient client, Socket socket, Stream stream, bool terminal)
    {
        this.client = client;
        this.socket = socket;
        this.stream = stream;
        this.terminal = terminal;
    }

    /// <summary>Joins a container. With a terminal its two outputs are one.</summary>
    internal static async Task<AttachedStreams> OpenAsync(
        EngineConnection connection, string id, bool terminal, CancellationToken cancellationToken)
    {
        Socket? socket = null;
        var client = new HttpClient(new SocketsHttpHandler
        {
            // The socket is kept: HTTP knows no way to end one direction alone, and stdin needs that.
            ConnectCallback = async (_, token) =>
                new NetworkStream(socket = await connection.Address.ConnectAsync(token), ownsSocket: true),
            UseProxy = false,
        })
        { Timeout = Timeout.InfiniteTimeSpan };
        try
        {
            var call = $"/v{await connection.VersionAsync(cancellationToken)}/containers/{id}/attach?stream=1&stdin=1&stdout=1&stderr=1";
            using var request = new HttpRequestMessage(HttpMethod.Post, "http://docker" + call);
            request.Headers.Connection.Add("Upgrade");
            request.Headers.Upgrade.Add(new("tcp"));
            var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
                throw EngineException.Refused("POST " + call, response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken));
            return new(client, socket!, await response.Content.ReadAsStreamAsync(cancellationToken), terminal);
        }
        catch (HttpRequestException exception)
        {
            client.Dispose();
            throw EngineException.NoAnswer(connection.Address, exception.GetBaseException());
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Sends to the container's stdin.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(input, cancellationToken);
        await stream.FlushAsync(cancellationToken);
    }

    /// <summary>Ends stdin; output goes on.</summary>
    public void CloseInput() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Copies what the container writes until it ends.</summary>
    public Task CopyOutputAsync(Stream output, Stream error, CancellationToken cancellationToken) =>
        terminal
            ? stream.CopyToAsync(output, cancellationToken)
            : new MultiplexedStream(stream).CopyAsync(output, error, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await stream.DisposeAsync();
        client.Dispose();
    }
}
