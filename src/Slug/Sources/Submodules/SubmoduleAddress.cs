using System.Text.RegularExpressions;
using Slug.Apps;

namespace Slug.Sources.Submodules;

/// <summary>Where a repository is that can be a submodule, and what its own relative URLs start from.</summary>
internal abstract partial record SubmoduleAddress
{
    private SubmoduleAddress()
    {
    }

    /// <summary>An app of this Slug.</summary>
    internal sealed record OfApp(AppName App) : SubmoduleAddress
    {
        public override string ToString() => $"app '{App}'";
    }

    /// <summary>A repository that is served by http or https.</summary>
    internal sealed record OfHost(Uri Url) : SubmoduleAddress
    {
        public override string ToString() => Url.AbsoluteUri;
    }

    /// <summary>What a URL of <c>.gitmodules</c> means in a repository at this address; null where it is none that is fetched.</summary>
    public SubmoduleAddress? Resolve(string url)
    {
        if (url.StartsWith("./", StringComparison.Ordinal) || url.StartsWith("../", StringComparison.Ordinal))
            return this switch
            {
                OfApp(var app) => Climb($"{app}.git", url) is { } path ? AppAt(path) : null,
                OfHost(var host) => Climb(host.AbsolutePath.Trim('/'), url) is { } path ? new OfHost(new(host, "/" + path)) : null,
                _ => null,
            };
        if (this is OfHost(var own) && BySsh().Match(url) is { Success: true } match && match.Groups["host"].Value.Equals(own.Host, StringComparison.OrdinalIgnoreCase))
            return new OfHost(new(own, "/" + match.Groups["path"].Value));
        // A user and password in a URL would show up in every log: they belong into the operator's netrc.
        return Uri.TryCreate(url, UriKind.Absolute, out var absolute)
            && absolute is { Scheme: "http" or "https", UserInfo: "" }
                ? new OfHost(absolute)
                : null;
    }

    // git-submodule, "add": each leading ../ takes one part off the end; ./ takes none.
    private static string? Climb(string path, string relative)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries).ToList();
        foreach (var step in relative.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (step == "..")
            {
                if (parts.Count == 0)
                    return null;
                parts.RemoveAt(parts.Count - 1);
            }
            else if (step != ".")
            {
                parts.Add(step);
            }
        }

        return string.Join('/', parts);
    }

    // As those write it who push by ssh to the host that this was fetched from: git@HOST:PATH, ssh://git@HOST:PORT/PATH.
    [GeneratedRegex(@"^(?:ssh://[^@/]+@(?<host>[^:/]+)(?::\d+)?/|[^@:/]+@(?<host>[^:/]+):/?)(?<path>[^?#]+)\z")]
    private static partial Regex BySsh();

    private static OfApp? AppAt(string path)
    {
        var name = path.EndsWith(".git", StringComparison.Ordinal) ? path[..^".git".Length] : path;
        return AppName.TryParse(name, null, out var app) ? new(app) : null;
    }
}
