using System.Net.Security;
using System.Net.Sockets;

namespace Slug.Remotes;

/// <summary>Makes what speaks HTTP to other machines: each connection, also that of a redirection, goes to an address that was looked at.</summary>
internal static class RemoteHandler
{
    public static SocketsHttpHandler Create(RemoteHosts hosts, RemoteOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = (context, cancellationToken) => ConnectAsync(hosts, context, cancellationToken),
            UseProxy = false,
            UseCookies = false,
            // A connection that stays open stays with an address that was good once.
            PooledConnectionLifetime = TimeSpan.Zero,
        };
        if (options.Trust() is { } trust)
            handler.SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = trust };
        return handler;
    }

    private static async ValueTask<Stream> ConnectAsync(RemoteHosts hosts, SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var isSecure = context.InitialRequestMessage.RequestUri?.Scheme == Uri.UriSchemeHttps;
        var addresses = await hosts.FindAsync(context.DnsEndPoint.Host, isSecure, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync([.. addresses], context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
