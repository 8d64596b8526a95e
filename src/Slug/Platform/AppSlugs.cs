using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Releases;

namespace Slug.Platform;

/// <summary>An app's droplets by the ids that they have as slugs: those that its builds made, and those of its releases.</summary>
internal sealed class AppSlugs(DropletStore droplets, ReleaseStore releases)
{
    public async Task<Droplet?> FindAsync(App app, Guid slug, CancellationToken cancellationToken)
    {
        var released = (await releases.ListAsync(app, cancellationToken)).Select(release => release.Droplet).OfType<string>();
        var built = (await droplets.ListAsync(app, cancellationToken)).Select(droplet => droplet.Digest.ToString());
        return released.Concat(built).FirstOrDefault(digest => PlatformId.OfSlug(app.Id, digest) == slug) is { } found
            ? await droplets.FindAsync(Digest.Parse(found), cancellationToken)
            : null;
    }
}
