using System.Globalization;
using Slug.Apps;
using Slug.Heroku;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Releases: listed, shown, made of a slug, and of an earlier release.</summary>
internal static class ReleaseEndpoints
{
    private const int LongestDescription = 1000;

    public static void MapReleases(this IEndpointRouteBuilder app)
    {
        app.MapGet("/releases", async (HttpContext http, ReleaseResources resources) => Paging.Of(
            http, await resources.ListAsync(NamedApp.Of(http), http.RequestAborted),
            new SortKey<ReleaseResource>("version", release => release.Version.ToString(CultureInfo.InvariantCulture)), new("id", release => release.Id.ToString())));
        app.MapGet("/releases/{release}", ShowAsync);
        app.MapPost("/releases", CreateAsync);
    }

    /// <summary>By its id, its number with or without a v, or <c>current</c>.</summary>
    public static async Task<Release?> FindAsync(App app, string text, ReleaseStore releases, CancellationToken cancellationToken)
    {
        var all = await releases.ListAsync(app, cancellationToken);
        if (text == "current")
            return all.Count > 0 ? all[0] : null;
        return Guid.TryParse(text, CultureInfo.InvariantCulture, out var id)
            ? all.FirstOrDefault(release => PlatformId.OfRelease(app.Id, release.Version) == id)
            : all.FirstOrDefault(release => text.TrimStart('v') == release.Version.ToString(CultureInfo.InvariantCulture));
    }

    public static IResult NoRelease(App app, string text) =>
        PlatformError.NotFound($"SLUG6111: '{app.Name}' has no release '{text}'; expected a number like 7 or v7, an id, or current: heroku releases -a {app.Name} lists them");

    public static string NotUploaded(Guid slug) => $"SLUG6128: the slug '{slug}' has not been uploaded; send its archive with PUT to the 'blob.url' that creating it gave, or create another where that address has expired";

    private static async Task<IResult> ShowAsync(HttpContext http, string release, ReleaseStore releases, ReleaseResources resources)
    {
        var app = NamedApp.Of(http);
        return await FindAsync(app, release, releases, http.RequestAborted) is { } found
            ? Answer.Of(await resources.OfAsync(app, found, http.RequestAborted))
            : NoRelease(app, release);
    }

    private static Task<IResult> CreateAsync(HttpContext http, Body<ReleaseRequest> body, ReleaseStore releases, ReleaseResources resources, AppSlugs slugs) => body.Value switch
    {
        { Description: { } said } when said.Length > LongestDescription || string.IsNullOrWhiteSpace(said) || said.Any(char.IsControl) =>
            Task.FromResult(PlatformError.Invalid($"SLUG6114: the description is empty, has more than {LongestDescription} characters, or more than one line; expected one line, or none of it")),
        { Slug: { } slug, Release: null } => DeployAsync(http, slug, body.Value.Description, releases, resources, slugs),
        { Release: { } release, Slug: null } => RollBackAsync(http, release, releases, resources),
        _ => Task.FromResult(PlatformError.Invalid("SLUG6112: a release is made of one thing; expected 'slug' with the id of a slug, or 'release' with the id of the release to go back to")),
    };

    private static async Task<IResult> DeployAsync(HttpContext http, Guid slug, string? description, ReleaseStore releases, ReleaseResources resources, AppSlugs slugs)
    {
        var app = NamedApp.Of(http);
        if (await slugs.FindAsync(app, slug, Grant.Of(http), http.RequestAborted) is not { } found)
            return NoSlug();
        if (found.Droplet?.Digest.ToString() is not { } droplet)
            return PlatformError.Invalid(NotUploaded(slug));
        var said = (found.Commit is { } commit ? $"Deploy {commit[..Math.Min(commit.Length, 8)]}" : "Deployed by the Platform API") + (found.App.Id == app.Id ? "" : $" from {found.App.Name}");
        Guid? id = slug == PlatformId.OfSlug(app.Id, droplet) ? null : slug;
        return await releases.DeployAsync(app, new(droplet, found.Commit, id), found.App, description ?? said, Grant.Of(http).Name, http.RequestAborted) is { } made
            ? Answer.Of(await resources.OfAsync(app, made, http.RequestAborted), StatusCodes.Status201Created)
            : NoSlug();

        IResult NoSlug() => PlatformError.Invalid($"SLUG6115: '{app.Name}' has no slug '{slug}', nor has another app that the token may read; expected one of a build, a release or an upload");
    }

    private static async Task<IResult> RollBackAsync(HttpContext http, Guid release, ReleaseStore releases, ReleaseResources resources)
    {
        var app = NamedApp.Of(http);
        if (await FindAsync(app, release.ToString(), releases, http.RequestAborted) is not { } earlier)
            return NoRelease(app, release.ToString());
        if (!(await resources.OfAsync(app, earlier, http.RequestAborted)).EligibleForRollback)
            return PlatformError.Invalid($"SLUG6113: there is no way back to v{earlier.Version} of '{app.Name}': it has no droplet, or that is damaged; expected a release that is eligible for rollback: push again where there is none");
        var made = await releases.RollBackAsync(app, earlier, Grant.Of(http).Name, http.RequestAborted);
        return Answer.Of(await resources.OfAsync(app, made, http.RequestAborted), StatusCodes.Status201Created);
    }
}
