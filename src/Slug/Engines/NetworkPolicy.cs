using System.Net;
using System.Net.Sockets;

namespace Slug.Engines;

/// <summary>Where builds may connect: the open internet and the resolvers, not this machine nor its neighbours.</summary>
internal sealed record NetworkPolicy
{
    /// <summary>Private, shared, link-local, loopback, multicast and reserved ranges (RFC 6890).</summary>
    public static readonly IReadOnlyList<string> Closed =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/4", "240.0.0.0/4",
    ];

    /// <summary>Name servers; often in a private range themselves.</summary>
    public IReadOnlyList<IPAddress> Resolvers { get; init; } = [];

    /// <summary>Ranges that builds may reach all the same: a package mirror in the house.</summary>
    public IReadOnlyList<IPNetwork> Allowed { get; init; } = [];

    /// <summary>The policy with this machine's name servers.</summary>
    public static NetworkPolicy OfThisMachine(IReadOnlyList<IPNetwork> allowed) => new()
    {
        Allowed = allowed,
        Resolvers = ReadResolvers("/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"),
    };

    /// <summary>The name servers that containers get: the engine skips those on the loopback and looks at systemd's own list instead.</summary>
    public static IReadOnlyList<IPAddress> ReadResolvers(params IReadOnlyList<string> files) =>
        files.Where(File.Exists).Select(file => Resolv(File.ReadLines(file))).FirstOrDefault(found => found.Count > 0) ?? [];

    /// <summary>The chain's rules in the words of iptables-restore: the first that matches decides, RETURN lets pass.</summary>
    public IEnumerable<string> ToRules(string chain) =>
    [
        $"-A {chain} -m conntrack --ctstate RELATED,ESTABLISHED -j RETURN",
        .. from resolver in Resolvers
           from protocol in (string[])["udp", "tcp"]
           select $"-A {chain} -d {resolver} -p {protocol} --dport 53 -j RETURN",
        .. Allowed.Select(range => $"-A {chain} -d {range} -j RETURN"),
        $"-A {chain} -m addrtype --dst-type LOCAL -j DROP",
        .. Closed.Select(range => $"-A {chain} -d {range} -j DROP"),
    ];

    private static List<IPAddress> Resolv(IEnumerable<string> lines) =>
    [
        .. lines
            .Select(line => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words is ["nameserver", ..] and { Length: > 1 })
            .Select(words => IPAddress.TryParse(words[1], out var address) ? address : null)
            .OfType<IPAddress>()
            .Where(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address)),
    ];
}
