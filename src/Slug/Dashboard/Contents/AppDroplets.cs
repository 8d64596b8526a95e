using System.Globalization;
using Slug.Apps;
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
        var list = await droplets.ListAsync(app, cancellationToken);
        if (text is not ['v', .. var digits] || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return text.Length < FewestDigits ? null : list.FirstOrDefault(droplet => droplet.Digest.Hex.StartsWith(text, StringComparison.Ordinal));
        var released = (await releases.ListAsync(app, cancellationToken)).FirstOrDefault(release => release.Version == version)?.Droplet;
        return list.FirstOrDefault(droplet => droplet.Digest.ToString() == released);
    }
}
