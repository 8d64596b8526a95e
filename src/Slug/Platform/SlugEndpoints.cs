using System.Globalization;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Droplets;
using Slug.Heroku;
using Slug.Hosting;
using Slug.Stacks;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>An app's droplets as Heroku's slugs: announced and then uploaded, shown, and fetched from a signed address as one archive of <c>./app</c>.</summary>
internal static class SlugEndpoints
{
    private static readonly TimeSpan lifetime = TimeSpan.FromHours(1);

    public static void MapSlugs(this IEndpointRouteBuilder app)
    {
        app.MapPost("/slugs", AnnounceAsync);
        app.MapGet("/slugs/{slug}", ShowAsync);
    }

    private static async Task<IResult> AnnounceAsync(
        HttpContext http, Body<SlugRequest> body, UploadedSlugs slugs, SignedLinks links, StackCatalog stacks, IOptions<BuildOptions> builds)
    {
        if (StackEndpoints.MistakeIn(body.Value.Stack, stacks, builds.Value) is { } mistake)
            return mistake;
        if (!body.Value.TryRead(Grant.Of(http).Name, out var announced, out var wrong))
            return PlatformError.Invalid(wrong);
        var slug = await slugs.AnnounceAsync(NamedApp.Of(http), announced, http.RequestAborted);
        return Answer.Of(SlugResource.Of(slug, AddressOf(http, links, HttpMethods.Put, slug.Id), builds.Value.Stack), StatusCodes.Status201Created);
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string slug, AppSlugs slugs, BuildStore builds, SignedLinks links, IOptions<BuildOptions> options)
    {
        var app = NamedApp.Of(http);
        if (!Guid.TryParse(slug, CultureInfo.InvariantCulture, out var id) || await slugs.FindAsync(app, id, http.RequestAborted) is not { } found)
            return PlatformError.NotFound($"SLUG6115: '{app.Name}' has no slug '{slug}'; expected one of its builds, releases or uploads");
        var blob = AddressOf(http, links, HttpMethods.Get, id);
        if (found.Upload is { } upload)
            return Answer.Of(SlugResource.Of(upload, blob, found.Droplet?.Stack ?? options.Value.Stack));
        var droplet = found.Droplet!;
        return Answer.Of(new SlugResource
        {
            Id = id,
            Blob = blob,
            Commit = found.Commit ?? (await builds.ListAsync(app, http.RequestAborted)).FirstOrDefault(build => build.Droplet == droplet.Digest.ToString())?.CommitId,
            ProcessTypes = droplet.Processes,
            Size = droplet.Size,
            Stack = NamedReference.OfStack(droplet.Stack),
            CreatedAt = droplet.CreatedAt,
            UpdatedAt = droplet.CreatedAt,
        });
    }

    // Who may only read is never shown where to write: that is said to who announces the slug, once.
    private static BlobAddress AddressOf(HttpContext http, SignedLinks links, string method, Guid slug) =>
        new(method.ToLowerInvariant(), links.To(http, method, $"/slugs/{NamedApp.Of(http).Id:D}/{slug:D}", lifetime));
}
