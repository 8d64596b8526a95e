using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Slug.Engines;

namespace Slug.Remotes;

/// <summary>Says where another machine is, and refuses what a stranger must not reach through this one.</summary>
internal sealed class RemoteHosts(RemoteOptions options)
{
    private static readonly IPNetwork[] closed = [.. NetworkPolicy.Closed.Select(range => IPNetwork.Parse(range))];

    // All of IPv6 that is global unicast, less what leads to IPv4 (Teredo, 6to4) and to nobody (RFC 3849).
    private static readonly IPNetwork global = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] odd = [IPNetwork.Parse("2001::/32"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16")];

    private readonly IReadOnlyList<IPNetwork> allowed = options.ReadAllowed();

    /// <summary>Every address of the host. To be connected to by these, not by the name, which may answer otherwise the next time.</summary>
    /// <exception cref="RemoteException">It is not found, one of its addresses is closed, or it is asked without TLS.</exception>
    public async Task<IReadOnlyList<IPAddress>> FindAsync(string host, bool isSecure, CancellationToken cancellationToken)
    {
        var addresses = await ResolveAsync(host, cancellationToken);
        foreach (var address in addresses.Where(address => !IsAllowed(address)))
        {
            if (!IsPublic(address))
                throw RemoteException.Closed(host, address);
            if (!isSecure)
                throw RemoteException.Plain(host);
        }

        return addresses;
    }

    internal static bool IsPublic(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork
            ? !Contains(closed, address) && !IsOwn(address)
            : global.Contains(address) && !Contains(odd, address) && !IsOwn(address);

    private static async Task<IReadOnlyList<IPAddress>> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var found = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
            return [.. found.Select(address => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)];
        }
        catch (SocketException exception)
        {
            throw RemoteException.Unresolved(host, exception);
        }
    }

    // A public address of this machine leads to what listens behind its firewall.
    private static bool IsOwn(IPAddress address) =>
        NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(network => network.GetIPProperties().UnicastAddresses)
            .Any(own => own.Address.Equals(address));

    private bool IsAllowed(IPAddress address) => Contains(allowed, address);

    private static bool Contains(IEnumerable<IPNetwork> ranges, IPAddress address) => ranges.Any(range => range.Contains(address));
}
