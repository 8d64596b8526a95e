using System.Net;
using System.Net.Sockets;
using Slug.Engines;

namespace Slug.Sources.Submodules;

/// <summary>Which hosts submodules may come from: public ones, and what the operator allows beside them.</summary>
internal sealed class SubmoduleHosts(SourceOptions options)
{
    // RFC 6890 and what carries an IPv4 address inside (6to4, NAT64).
    private static readonly IPNetwork[] closed =
    [
        .. NetworkPolicy.Closed.Select(range => IPNetwork.Parse(range)),
        .. ((string[])["::/127", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "fc00::/7", "fe80::/10", "ff00::/8"])
            .Select(range => IPNetwork.Parse(range)),
    ];

    private readonly IPNetwork[] allowed = [.. options.ReadAllowed().OfType<IPNetwork>()];

    /// <summary>The host's addresses, all of which may be connected to; empty where one may not, or there is none.</summary>
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host.Trim('[', ']'), cancellationToken);
            return Array.TrueForAll(addresses, IsOpen) ? addresses : [];
        }
        catch (SocketException)
        {
            return [];
        }
    }

    public bool IsOpen(IPAddress address)
    {
        var meant = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return Array.Exists(allowed, range => range.Contains(meant)) || !Array.Exists(closed, range => range.Contains(meant));
    }
}
