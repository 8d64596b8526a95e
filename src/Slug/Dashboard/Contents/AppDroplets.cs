using System.Globalization;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Releases;

namespace Slug.Dashboard.Contents;

/// <summary>Finds a droplet of an app: by a release (v7), or by its digest's first digits.</summary>
internal sealed class AppDroplets(DropletStore droplets, ReleaseStore releases)
{
    private const int FewestDigits = 12;

    /// <summary>Null where the app has none of that name.</summary>
    public async Task<Droplet?> FindAsync(App app, string text, CancellationToken cancellationToken)
    {
        var list = await releases.ListAsync(app, cancellationToken);
        if (text is ['v', .. var digits] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return list.FirstOrDefault(release => release.Version == version)?.Droplet is { } released ? await droplets.FindAsync(Digest.Parse(released), cancellationToken) : null;
        if (text.Length < FewestDigits)
            return null;
        var own = (await droplets.ListAsync(app, cancellationToken)).FirstOrDefault(droplet => droplet.Digest.Hex.StartsWith(text, StringComparison.Ordinal));
        var old = list.FirstOrDefault(release => release.Droplet?.StartsWith($"sha256:{text}", StringComparison.Ordinal) == true)?.Droplet;
        return own ?? (old is null ? null : await droplets.FindAsync(Digest.Parse(old), cancellationToken));
    }
}
