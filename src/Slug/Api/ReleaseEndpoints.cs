using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Content;
using Slug.Droplets;
using Slug.Releases;

namespace Slug.Api;

/// <summary>Droplets and releases of an app, and the bytes of the current one.</summary>
internal static class ReleaseEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapReleases()
        {
            var app = api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>();
            app.MapGet("/releases", ReleasesAsync).WithName("listReleases").WithSummary("An app's releases, the latest first").Produces<IReadOnlyList<ReleaseView>>().Fails(404);
            app.MapGet("/droplets", DropletsAsync).WithName("listDroplets").WithSummary("An app's droplets, the latest first").Produces<IReadOnlyList<DropletView>>().Fails(404);
            app.MapGet("/launch", LaunchAsync)
                .WithName("getLaunch").WithSummary("What starts the current release, config vars among it").Produces<LaunchView>().Fails(404, 409, 500, 503);
            app.MapGet("/slug.tgz", (HttpContext http, ReleaseStore releases, DropletStore droplets, DropletArchive archive) =>
                ArchiveAsync(http, releases, droplets, "application/gzip", archive.WriteSlugAsync))
                .WithName("getSlug").WithSummary("The current release's droplet as one slug.tgz").Produces<Stream>(200, "application/gzip").Fails(404, 409, 500);
            app.MapGet("/layers.tar", (HttpContext http, ReleaseStore releases, DropletStore droplets, DropletArchive archive) =>
                ArchiveAsync(http, releases, droplets, "application/x-tar", archive.WriteTarAsync))
                .WithName("getLayers").WithSummary("The same as a plain tar of all layers").Produces<Stream>(200, "application/x-tar").Fails(404, 409, 500);
        }
    }

    private static async Task<IResult> ReleasesAsync(HttpContext http, ReleaseStore releases, DamagedBlobs damaged)
    {
        var list = await releases.ListAsync(AppFilter.AppOf(http), http.RequestAborted);
        var broken = await damaged.DropletsAsync(http.RequestAborted);
        return TypedResults.Json(list.Select(release => View(release, broken)).ToList(), ApiJson.Default.IReadOnlyListReleaseView);
    }

    private static async Task<IResult> DropletsAsync(HttpContext http, ReleaseStore releases, DropletStore droplets, DamagedBlobs damaged)
    {
        var app = AppFilter.AppOf(http);
        var versions = (await releases.ListAsync(app, http.RequestAborted)).ToLookup(release => release.Droplet, release => release.Version);
        var broken = await damaged.DropletsAsync(http.RequestAborted);
        var views = (await droplets.ListAsync(app, http.RequestAborted)).Select(droplet => new DropletView(
            droplet.Digest, droplet.Stack, droplet.Size, droplet.Processes,
            versions[droplet.Digest.ToString()] is var numbers && numbers.Any() ? numbers.Max() : null, droplet.CreatedAt, broken.Contains(droplet.Digest)));
        return TypedResults.Json(views.ToList(), ApiJson.Default.IReadOnlyListDropletView);
    }

    private static async Task<IResult> LaunchAsync(HttpContext http, ReleaseStore releases, DropletStore droplets, Launches launches)
    {
        var app = AppFilter.AppOf(http);
        if (await CurrentAsync(http, releases, droplets) is not var (release, droplet))
            return NoDroplet(app.Name.ToString());
        if (await droplets.DamageOfAsync(droplet, http.RequestAborted) is { } damage)
            return Damaged(release, damage);
        return await launches.OfAsync(app, release, droplet, http.RequestAborted) is { } launch
            ? TypedResults.Json(launch, ApiJson.Default.LaunchView)
            : Problems.Conflict("SLUG5002", $"the stack '{droplet.Stack}' that v{release.Version} runs on is not built here; build it with: slug stacks build");
    }

    private static async Task<IResult> ArchiveAsync(
        HttpContext http, ReleaseStore releases, DropletStore droplets, string type, Func<Droplet, Stream, CancellationToken, Task> write)
    {
        if (await CurrentAsync(http, releases, droplets) is not var (release, droplet))
            return NoDroplet(AppFilter.AppOf(http).Name.ToString());
        if (await droplets.DamageOfAsync(droplet, http.RequestAborted) is { } damage)
            return Damaged(release, damage);
        // The bytes are checked as they flow: a blob that is found damaged now ends the answer short of its end, and no client takes that for whole.
        return TypedResults.Stream(body => write(droplet, body, http.RequestAborted), type);
    }

    private static async Task<(Release Release, Droplet Droplet)?> CurrentAsync(HttpContext http, ReleaseStore releases, DropletStore droplets)
    {
        var release = await releases.FindCurrentAsync(AppFilter.AppOf(http), http.RequestAborted);
        return release?.Droplet is { } digest && await droplets.FindAsync(Digest.Parse(digest), http.RequestAborted) is { } droplet
            ? (release, droplet)
            : null;
    }

    private static JsonHttpResult<ProblemView> NoDroplet(string app) =>
        Problems.Conflict("SLUG5001", $"the app '{app}' has no release with a droplet yet; push its source first");

    private static JsonHttpResult<ProblemView> Damaged(Release release, Digest blob) => Problems.Broken(
        "SLUG4480",
        $"the droplet of v{release.Version} is damaged and not given out: its blob '{blob}' is gone or not what it was; make it again by pushing the same source: git commit --allow-empty -m 'Make it again', then git push; 'slug fsck' shows all that is damaged");

    private static ReleaseView View(Release release, IReadOnlySet<Digest> broken)
    {
        Digest? droplet = release.Droplet is { } text ? Digest.Parse(text) : null;
        return new(release.Version, droplet, release.CommitId, release.Description, release.CreatedAt, droplet is { } digest && broken.Contains(digest));
    }
}
