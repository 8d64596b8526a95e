using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Releases;

namespace Slug.Platform;

/// <summary>Shows releases as the Platform API has them.</summary>
internal sealed class ReleaseResources(ReleaseStore releases, DamagedBlobs damaged)
{
    public async Task<IReadOnlyList<ReleaseResource>> ListAsync(App app, CancellationToken cancellationToken)
    {
        var all = await releases.ListAsync(app, cancellationToken);
        var broken = await damaged.DropletsAsync(cancellationToken);
        return [.. all.Select(release => Of(app, release, release == all[0], broken))];
    }

    public async Task<ReleaseResource> OfAsync(App app, Release release, CancellationToken cancellationToken) =>
        Of(app, release, (await releases.FindCurrentAsync(app, cancellationToken))?.Version == release.Version, await damaged.DropletsAsync(cancellationToken));

    private static ReleaseResource Of(App app, Release release, bool isCurrent, IReadOnlySet<Digest> broken)
    {
        var slug = release.Droplet is { } droplet ? PlatformId.OfSlug(app.Id, droplet, release.Slug) : (Guid?)null;
        return new()
        {
            Id = PlatformId.OfRelease(app.Id, release.Version),
            Version = release.Version,
            App = AppReference.Of(app),
            User = UserReference.Of(release.By),
            Description = release.Description,
            Slug = slug is { } id ? new(id) : null,
            Artifacts = slug is { } artifact ? [new("slug", artifact)] : [],
            Current = isCurrent,
            EligibleForRollback = release.Droplet is not null && !broken.Contains(Digest.Parse(release.Droplet)),
            CreatedAt = release.CreatedAt,
            UpdatedAt = release.CreatedAt,
        };
    }
}
