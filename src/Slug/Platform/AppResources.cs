using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Shows apps as the Platform API has them.</summary>
internal sealed class AppResources(ReleaseStore releases, DropletStore droplets, IOptions<BuildOptions> builds)
{
    public async Task<AppResource> OfAsync(HttpContext http, App app)
    {
        var release = await releases.FindCurrentAsync(app, http.RequestAborted);
        var droplet = release?.Droplet is { } digest ? await droplets.FindAsync(Digest.Parse(digest), http.RequestAborted) : null;
        return new()
        {
            Id = app.Id,
            Name = app.Name.ToString(),
            Owner = UserReference.Of(TokenStore.AdminName),
            Stack = NamedReference.OfStack(droplet?.Stack ?? builds.Value.Stack),
            BuildStack = NamedReference.OfStack(builds.Value.Stack),
            GitUrl = $"{PublicAddress.Of(http)}/{app.Name}.git",
            CreatedAt = app.CreatedAt,
            UpdatedAt = release?.CreatedAt ?? app.CreatedAt,
            ReleasedAt = release?.CreatedAt,
            SlugSize = droplet?.Size,
        };
    }
}
