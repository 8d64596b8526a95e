using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Releases;

namespace Slug.Platform;

/// <summary>An app's slugs by their ids: those that were announced and uploaded, and the droplets that its builds made or its releases have.</summary>
internal sealed class AppSlugs(DropletStore droplets, ReleaseStore releases, UploadedSlugs uploads)
{
    public async Task<AppSlug?> FindAsync(App app, Guid id, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(app, id, cancellationToken) is { } upload)
            return new(id, upload.Droplet is { } made ? await droplets.FindAsync(made, cancellationToken) : null, upload);
        var released = (await releases.ListAsync(app, cancellationToken)).Select(release => release.Droplet).OfType<string>();
        var built = (await droplets.ListAsync(app, cancellationToken)).Select(droplet => droplet.Digest.ToString());
        return released.Concat(built).FirstOrDefault(digest => PlatformId.OfSlug(app.Id, digest) == id) is { } found
            && await droplets.FindAsync(Digest.Parse(found), cancellationToken) is { } droplet ? new(id, droplet, null) : null;
    }
}

/// <summary>A slug of an app.</summary>
/// <param name="Id">As which it was asked for.</param>
/// <param name="Droplet">Null where it is yet to be uploaded.</param>
/// <param name="Upload">What was said of it; null where it was built.</param>
internal sealed record AppSlug(Guid Id, Droplet? Droplet, UploadedSlug? Upload);
