using Slug.Stacks;

namespace Slug.Downloads;

/// <summary>The archives of packages that are kept for all builds, section <c>Downloads</c>.</summary>
internal sealed class DownloadOptions
{
    /// <summary>Bytes of all archives together; 0 keeps none, and builds fetch everything themselves. Default: 2 GB.</summary>
    public long Limit { get; set; } = 2_000_000_000;

    /// <summary>Where npm's packages come from. Default: npm's own default.</summary>
    public string NpmRegistry { get; set; } = "https://registry.npmjs.org/";

    /// <summary>The index of NuGet's source. Default: NuGet's own default.</summary>
    public string NuGetSource { get; set; } = "https://api.nuget.org/v3/index.json";

    /// <summary>The apt configuration that names the archives of the stacks. Default: this machine's.</summary>
    public string AptDirectory { get; set; } = AptSources.OfThisMachine;

    /// <summary>From an archive's first packet to its last; then the build is sent to the registry. Default: 90 s, less than package managers wait.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(90);

    /// <summary>Until a registry begins to answer. Default: 20 s.</summary>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>One archive takes no more than an eighth of the whole.</summary>
    public long LargestArchive => Limit / 8;

    /// <summary>Everything that cannot be, at once.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (Limit < 0)
            yield return $"SLUG9020: the limit of downloads is '{Limit}' bytes; expected 0 or more; set --downloads";
        if (!IsRegistry(NpmRegistry))
            yield return $"SLUG9020: '{NpmRegistry}' is no registry; set --npm-registry to a URL without user and query, like https://npm.example.com/";
        if (!IsRegistry(NuGetSource))
            yield return $"SLUG9020: '{NuGetSource}' is no source; set --nuget-source to a URL without user and query, like https://nuget.example.com/v3/index.json";
    }

    // Credentials would open to every build what they open to the operator.
    private static bool IsRegistry(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "https" or "http" && url.UserInfo.Length == 0 && url.Query.Length == 0;
}
