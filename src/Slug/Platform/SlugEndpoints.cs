using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Apps;
using Slug.Builds;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Hosting;

namespace Slug.Platform;

/// <summary>An app's droplets as Heroku's slugs: shown, and fetched from a signed address as one archive of <c>./app</c>.</summary>
internal static class SlugEndpoints
{
    public const string Pattern = "/slugs/{app:guid}/{slug:guid}";

    private static readonly TimeSpan lifetime = TimeSpan.FromHours(1);

    public static void MapSlugs(this IEndpointRouteBuilder app) => app.MapGet("/slugs/{slug}", ShowAsync);

    /// <summary>What the address of a slug's blob leads to.</summary>
    public static void MapSlugBlobs(this IEndpointRouteBuilder routes) => routes.MapGet(Pattern, SendAsync);

    private static async Task<IResult> ShowAsync(HttpContext http, string slug, AppSlugs slugs, BuildStore builds, SignedLinks links)
    {
        var app = NamedApp.Of(http);
        if (!Guid.TryParse(slug, CultureInfo.InvariantCulture, out var id) || await slugs.FindAsync(app, id, http.RequestAborted) is not { } droplet)
            return PlatformError.NotFound($"SLUG6115: '{app.Name}' has no slug '{slug}'; expected one of its builds or releases");
        var build = (await builds.ListAsync(app, http.RequestAborted)).FirstOrDefault(build => build.Droplet == droplet.Digest.ToString());
        return Answer.Of(new SlugResource
        {
            Id = id,
            Blob = new("get", links.To(http, HttpMethods.Get, $"/slugs/{app.Id:D}/{id:D}", lifetime)),
            Commit = build?.CommitId,
            ProcessTypes = droplet.Processes,
            Size = droplet.Size,
            Stack = NamedReference.OfStack(droplet.Stack),
            CreatedAt = droplet.CreatedAt,
            UpdatedAt = droplet.CreatedAt,
        });
    }

    private static async Task<IResult> SendAsync(
        HttpContext http, Guid app, Guid slug, SignedLinks links, AppStore apps, AppSlugs slugs, DropletStore droplets, DropletArchive archive)
    {
        if (!links.Opens(http))
            return Refuse(StatusCodes.Status403Forbidden, "SLUG6180: this address of a slug was changed, or has expired; ask for the slug again and use its 'blob.url'");
        if (await apps.FindAsync(app, http.RequestAborted) is not { } owner || await slugs.FindAsync(owner, slug, http.RequestAborted) is not { } droplet)
            return Refuse(StatusCodes.Status404NotFound, $"SLUG6181: the slug '{slug}' is gone; ask for one that its app's releases have");
        if (await droplets.DamageOfAsync(droplet, http.RequestAborted) is { } damage)
            return Refuse(StatusCodes.Status500InternalServerError, $"SLUG4480: the slug '{slug}' is damaged and not given out: its blob '{damage}' is gone or not what it was; make it again by building the same source");
        // As of a droplet: what is found damaged on the way ends the answer short of its end.
        return TypedResults.Stream(body => archive.WriteSlugAsync(droplet, body, http.RequestAborted), "application/gzip", $"{owner.Name}.tgz");
    }

    private static ContentHttpResult Refuse(int status, string message) => TypedResults.Text(message + "\n", statusCode: status);
}
