using System.Net;
using System.Net.Sockets;

namespace Slug.Remotes;

/// <summary>What git has to be set to so that it speaks to one host alone, at the addresses that were looked at: no second look-up, no redirection.</summary>
internal sealed class GitTransport(RemoteHosts hosts, Netrc netrc, RemoteOptions options)
{
    /// <exception cref="RemoteException">The host is out of bounds.</exception>
    public async Task<IReadOnlyList<KeyValuePair<string, string>>> SettingsAsync(Uri url, Credentials? credentials, CancellationToken cancellationToken)
    {
        var addresses = await hosts.FindAsync(url.IdnHost, url.Scheme == Uri.UriSchemeHttps, cancellationToken);
        credentials ??= await netrc.FindAsync(url.IdnHost, cancellationToken);
        var settings = new List<KeyValuePair<string, string>>
        {
            new("http.followRedirects", "false"),
            new("http.proxy", ""),
            new("http.lowSpeedLimit", "100"),
            new("http.lowSpeedTime", "60"),
        };
        if (url.HostNameType == UriHostNameType.Dns)
            settings.Add(new("http.curloptResolve", $"{url.IdnHost}:{url.Port}:{string.Join(',', addresses.Select(Written))}"));
        if (credentials is not null)
            settings.Add(new("http.extraHeader", $"Authorization: {credentials.ToHeader()}"));
        if (options.CaBundle is { } bundle)
            settings.Add(new("http.sslCAInfo", bundle));
        return settings;
    }

    public static string Written(IPAddress address) => address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();
}
