using Microsoft.Net.Http.Headers;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Engines;
using Slug.Releases;
using Slug.Stacks;

namespace Slug.Registry;

/// <summary>Manifests, by tag or digest. The first request for a tag waits until its image is made.</summary>
internal static class ManifestEndpoint
{
    public static async Task<IResult> GetAsync(HttpContext http, string reference, ReleaseStore releases, ReleaseImages making, AppImages held, DamagedBlobs damaged)
    {
        var app = RepositoryFilter.AppOf(http);
        var accept = http.Request.Headers.Accept;
        if (accept.Count > 0 && !accept.Any(Takes))
            return Refusals.NotWanted($"{app.Name}", $"{accept}");
        if (Digest.TryParse(reference, null, out var digest))
            return await held.HasManifestAsync(app, digest, http.RequestAborted) ? await SendAsync(http, digest, damaged) : Refusals.NoManifest($"{app.Name}", reference);
        if (!ImageTag.TryParse(reference, null, out var tag)
            || (await releases.ListAsync(app, http.RequestAborted)).FirstOrDefault(release => tag.Version is null || release.Version == tag.Version) is not { } release)
            return Refusals.NoManifest($"{app.Name}", reference);
        try
        {
            return await making.OfAsync(app, release, tag.Form, http.RequestAborted) switch
            {
                ReleaseImage.Ready(var manifest) => await SendAsync(http, manifest, damaged),
                ReleaseImage.Damaged(var blob) => Refusals.Damaged("MANIFEST_UNKNOWN", $"{app.Name}", blob),
                _ => Refusals.NoManifest($"{app.Name}", reference),
            };
        }
        catch (Exception exception) when (exception is EngineException or StackException)
        {
            return Refusals.Unavailable(exception.Message);
        }
    }

    private static bool Takes(string? accept) =>
        accept is not null && accept.Split(',').Select(part => part.Split(';')[0].Trim()).Any(type => type is "*/*" or "application/*" or MediaTypes.Manifest);

    private static async Task<IResult> SendAsync(HttpContext http, Digest digest, DamagedBlobs damaged)
    {
        using var json = new MemoryStream();
        try
        {
            await damaged.ReadAsync(digest, blob => blob.CopyToAsync(json, http.RequestAborted));
        }
        catch (Exception exception) when (exception is DamagedBlobException or FileNotFoundException)
        {
            return Refusals.Damaged("MANIFEST_UNKNOWN", $"{RepositoryFilter.AppOf(http).Name}", digest);
        }

        http.Response.Headers["Docker-Content-Digest"] = digest.ToString();
        return TypedResults.Bytes(json.ToArray(), MediaTypes.Manifest, entityTag: new EntityTagHeaderValue($"\"{digest}\""));
    }
}
