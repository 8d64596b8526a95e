using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Slug.Builder.Protocol;

/// <summary>HTTP to the service over its Unix socket, with the token of this one build.</summary>
internal static class ServiceConnection
{
    public static HttpClient Open(string socket, string token)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (_, cancellationToken) => ConnectAsync(socket, cancellationToken),
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
        };
        var http = new HttpClient(handler)
        {
            BaseAddress = new Uri("http://slug/builder/"),
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version11,
        };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return http;
    }

    private static async ValueTask<Stream> ConnectAsync(string path, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
