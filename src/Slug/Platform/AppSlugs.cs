using Slug.Apps;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>An app's slugs by their ids: those that were announced and uploaded, and the droplets that its builds made or its releases have.</summary>
internal sealed class AppSlugs(AppStore apps, DropletStore droplets, ReleaseStore releases, UploadedSlugs uploads)
{
    /// <summary>One that the app may release: its own, or another's that the token may read.</summary>
    public async Task<AppSlug?> FindAsync(App app, Guid id, Grant grant, CancellationToken cancellationToken)
    {
        if (await FindAsync(app, id, cancellationToken) is { } own)
            return own;
        foreach (var other in (await apps.ListAsync(cancellationToken)).Where(other => other.Id != app.Id && grant.Allows(Scope.Read, other.Name)))
        {
            if (await FindAsync(other, id, cancellationToken) is { } found)
                return found;
        }

        return null;
    }

    public async Task<AppSlug?> FindAsync(App app, Guid id, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(app, id, cancellationToken) is { } upload)
            return new(app, id, upload.Droplet is { } made ? await droplets.FindAsync(made, cancellationToken) : null, upload.Commit, upload);
        var all = await releases.ListAsync(app, cancellationToken);
        // What another app made has in the releases of this one the id that it has there.
        var named = all.FirstOrDefault(release => release.Slug == id)?.Droplet;
        return (await droplets.ListAsync(app, cancellationToken)).FirstOrDefault(droplet => droplet.Digest.ToString() is var digest && (digest == named || PlatformId.OfSlug(app.Id, digest) == id)) is { } found
            ? new(app, id, found, all.FirstOrDefault(release => release.Droplet == found.Digest.ToString())?.CommitId, null)
            : null;
    }
}

/// <summary>A slug of an app.</summary>
/// <param name="App">Whose it is.</param>
/// <param name="Id">As which it was asked for.</param>
/// <param name="Droplet">Null where it is yet to be uploaded.</param>
/// <param name="Commit">What it was released as, or said to be; null where nobody said so.</param>
/// <param name="Upload">What was said of it; null where it was built.</param>
internal sealed record AppSlug(App App, Guid Id, Droplet? Droplet, string? Commit, UploadedSlug? Upload);
