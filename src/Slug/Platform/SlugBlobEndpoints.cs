using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Apps;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Platform;

/// <summary>What the addresses of slugs' blobs lead to: for programs that have them and no token.</summary>
internal static class SlugBlobEndpoints
{
    public const string Pattern = "/slugs/{app:guid}/{slug:guid}";

    public static void MapSlugBlobs(this IEndpointRouteBuilder routes)
    {
        routes.MapGet(Pattern, SendAsync);
        routes.MapPut(Pattern, ReceiveAsync);
    }

    private static async Task<IResult> ReceiveAsync(HttpContext http, Guid app, Guid slug, SignedLinks links, AppStore apps, SlugUploads uploads)
    {
        if (!links.Opens(http))
            return Refuse(StatusCodes.Status403Forbidden, "SLUG6129: this address for a slug was changed, has expired, or is for another method; POST /apps/APP/slugs gives another");
        if (await apps.FindAsync(app, http.RequestAborted) is not { } owner)
            return Refuse(StatusCodes.Status404NotFound, $"SLUG6137: the slug '{slug}' is gone, or its app; create another with POST /apps/APP/slugs");
        if (http.Request.ContentLength > uploads.Limit)
            return Refuse(StatusOf(SlugFault.TooLarge), uploads.TooLarge().Message);
        GitRequest.Unbind(http);
        return await uploads.ReceiveAsync(owner, slug, http.Request.Body, http.RequestAborted) is SlugUpload.Refused refused
            ? Refuse(StatusOf(refused.Fault), refused.Message)
            : TypedResults.Text($"The slug '{slug}' is taken; release it: POST /apps/{owner.Name}/releases\n");
    }

    private static async Task<IResult> SendAsync(
        HttpContext http, Guid app, Guid slug, SignedLinks links, AppStore apps, AppSlugs slugs, LargeFileStore files, DropletStore droplets, DropletArchive archive)
    {
        if (!links.Opens(http))
            return Refuse(StatusCodes.Status403Forbidden, "SLUG6180: this address of a slug was changed, or has expired; ask for the slug again and use its 'blob.url'");
        if (await apps.FindAsync(app, http.RequestAborted) is not { } owner || await slugs.FindAsync(owner, slug, http.RequestAborted) is not { } found)
            return Refuse(StatusCodes.Status404NotFound, $"SLUG6181: the slug '{slug}' is gone; ask for one that its app's releases have");
        if (found.Droplet is not { } droplet)
            return Refuse(StatusCodes.Status404NotFound, ReleaseEndpoints.NotUploaded(slug));
        // As it came: what it was said to be still holds.
        if (found.Upload is { Archive: { } digest, Size: var size } && files.Open(slug, digest) is { } original)
        {
            http.Response.ContentLength = size;
            return TypedResults.Stream(original, "application/gzip", $"{owner.Name}.tgz");
        }

        if (await droplets.DamageOfAsync(droplet, http.RequestAborted) is { } damage)
            return Refuse(StatusCodes.Status500InternalServerError, $"SLUG4480: the slug '{slug}' is damaged and not given out: its blob '{damage}' is gone or not what it was; make it again by building the same source");
        // As of a droplet: what is found damaged on the way ends the answer short of its end.
        return TypedResults.Stream(body => archive.WriteSlugAsync(droplet, body, http.RequestAborted), "application/gzip", $"{owner.Name}.tgz");
    }

    private static int StatusOf(SlugFault fault) => fault switch
    {
        SlugFault.Gone => StatusCodes.Status404NotFound,
        SlugFault.Taken => StatusCodes.Status409Conflict,
        SlugFault.TooLarge => StatusCodes.Status413PayloadTooLarge,
        SlugFault.Invalid => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    private static ContentHttpResult Refuse(int status, string message) => TypedResults.Text(message + "\n", statusCode: status);
}
