using Microsoft.Net.Http.Headers;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Droplets;

namespace Slug.Registry;

/// <summary>Blobs, whole or in part. Nothing of a blob that is known to be damaged is sent, and of one that is found damaged never the last byte.</summary>
internal static class BlobEndpoint
{
    private const string ContentType = "application/octet-stream";

    public static async Task<IResult> GetAsync(HttpContext http, string digest, AppImages held, DamagedBlobs damaged, OciLayout images)
    {
        var app = RepositoryFilter.AppOf(http);
        if (!Digest.TryParse(digest, null, out var blob))
            return Refusals.NoDigest(digest);
        if (!await held.HasBlobAsync(app, blob, http.RequestAborted))
            return Refusals.NoBlob($"{app.Name}", digest);
        // A part says nothing of the whole: where parts are asked for, all of it is read first.
        if (images.Blobs.Length(blob) is not { } length || !await IsGoodAsync(http, blob, length, damaged))
            return Refusals.Damaged("BLOB_UNKNOWN", $"{app.Name}", blob);
        http.Response.Headers["Docker-Content-Digest"] = digest;
        http.Response.Headers.AcceptRanges = "bytes";
        var tag = new EntityTagHeaderValue($"\"{blob}\"");
        if (HttpMethods.IsHead(http.Request.Method) || http.Request.Headers.Range.Count > 0 || http.Request.Headers.IfNoneMatch.Count > 0)
            return TypedResults.PhysicalFile(images.Blobs.PathOf(blob), ContentType, entityTag: tag, enableRangeProcessing: true);
        return await SendAsync(http, blob, length, tag, damaged);
    }

    private static Task<bool> IsGoodAsync(HttpContext http, Digest blob, long length, DamagedBlobs damaged) =>
        http.Request.Headers.Range.Count > 0 ? damaged.IsWholeAsync(blob, http.RequestAborted) : damaged.SeemsWholeAsync(blob, length, http.RequestAborted);

    private static async Task<IResult> SendAsync(HttpContext http, Digest blob, long length, EntityTagHeaderValue tag, DamagedBlobs damaged)
    {
        (http.Response.ContentLength, http.Response.ContentType, http.Response.Headers.ETag) = (length, ContentType, tag.ToString());
        try
        {
            await damaged.ReadAsync(blob, content => content.CopyToAsync(http.Response.Body, http.RequestAborted));
            return TypedResults.Empty;
        }
        catch (Exception exception) when (exception is DamagedBlobException or FileNotFoundException)
        {
            // What was promised does not come: a client that counts knows, and asks again.
            if (http.Response.HasStarted)
                http.Abort();
            else
                http.Response.Clear();
            return http.Response.HasStarted ? TypedResults.Empty : Refusals.Damaged("BLOB_UNKNOWN", $"{RepositoryFilter.AppOf(http).Name}", blob);
        }
    }
}
