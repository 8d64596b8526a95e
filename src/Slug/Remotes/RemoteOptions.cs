using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace Slug.Remotes;

/// <summary>What this service fetches for apps, and from where, section <c>Remotes</c>.</summary>
internal sealed class RemoteOptions
{
    private X509Certificate2Collection? trusted;

    /// <summary>Address ranges (CIDR, separated by commas) that are fetched from although they are private; only from these also without TLS. Default: none.</summary>
    public string Allow { get; set; } = "";

    /// <summary>Largest thing that is fetched in bytes, packed and unpacked alike. Default: 200 MB.</summary>
    public long Limit { get; set; } = 200_000_000;

    /// <summary>Of one attempt, from its first packet to its last. Default: 2 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Attempts after the first, where another may go better. Default: 2.</summary>
    public int Retries { get; set; } = 2;

    /// <summary>Before the second attempt; doubled before each further one. Default: 1 s.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Certificates that are trusted, a PEM file. Default: that of the builds where one is named, or the system's.</summary>
    public string? CaBundle { get; set; }

    /// <summary>Trust in the certificates of <see cref="CaBundle"/> and no others; null where it names none. All share what was read once.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The file holds something else.</exception>
    public X509ChainPolicy? Trust()
    {
        if (CaBundle is null)
            return null;
        trusted ??= Import(CaBundle);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(trusted);
        return policy;
    }

    public IReadOnlyList<IPNetwork> ReadAllowed() => [.. Ranges().Select(range => IPNetwork.Parse(range))];

    /// <summary>Everything that cannot be, at once.</summary>
    public IEnumerable<string> Mistakes()
    {
        foreach (var range in Ranges())
        {
            if (!IPNetwork.TryParse(range, out _))
                yield return $"SLUG9020: '{range}' is not an address range; set --fetch-allow to ranges like 10.1.0.0/16";
        }

        if (Limit < 1)
            yield return $"SLUG9020: the buildpack limit is '{Limit}' bytes; expected 1 or more; set --buildpack-limit";
        if (Timeout <= TimeSpan.Zero)
            yield return $"SLUG9020: the buildpack timeout is '{Timeout}'; expected more than 0; set --buildpack-timeout";
    }

    private static X509Certificate2Collection Import(string bundle)
    {
        var read = new X509Certificate2Collection();
        read.ImportFromPemFile(bundle);
        return read;
    }

    private string[] Ranges() => Allow.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
