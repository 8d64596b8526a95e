using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;

namespace Slug.Engines;

/// <summary>The path of the engine's Unix socket.</summary>
internal readonly record struct EngineAddress : IParsable<EngineAddress>
{
    private const string Scheme = "unix://";

    public static readonly EngineAddress Default = new("/var/run/docker.sock");

    private readonly string? path;

    private EngineAddress(string path) => this.path = path;

    public string Path => path ?? throw new InvalidOperationException("a default EngineAddress names nothing");

    /// <summary>What an option says, else what DOCKER_HOST says, else the usual place.</summary>
    /// <exception cref="EngineException">It is said, and is no Unix socket.</exception>
    public static EngineAddress From(string? option, string? dockerHost)
    {
        var text = string.IsNullOrEmpty(option) ? dockerHost : option;
        if (string.IsNullOrEmpty(text))
            return Default;
        return TryParse(text, null, out var address) ? address : throw EngineException.NotASocket(text);
    }

    public static EngineAddress Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException($"'{s}' is not a Unix socket");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out EngineAddress result)
    {
        var path = s?.StartsWith(Scheme, StringComparison.Ordinal) == true ? s[Scheme.Length..] : s;
        var valid = path?.StartsWith('/') == true;
        result = valid ? new(path!) : default;
        return valid;
    }

    /// <summary>A new connection to the socket.</summary>
    public async Task<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path), cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public override string ToString() => Scheme + Path;
}
