using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Downloads;

namespace Slug.Builds;

/// <summary>What a build's package managers ask of registries. They reach it through the builder, which adds the token.</summary>
internal static class DownloadEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapDownloads() => routes.MapGet("/builder/downloads/{registry}", GetAsync).AddEndpointFilter<BuilderFilter>();
    }

    private static async Task<Results<FileStreamHttpResult, FileContentHttpResult, RedirectHttpResult, ContentHttpResult, NotFound>> GetAsync(
        HttpContext http, Mirror mirror, string registry, string target, bool reads)
    {
        if (BuilderFilter.ContainerOf(http).Run is null)
            return TypedResults.NotFound();
        return await mirror.GetAsync(registry, target, reads, http.RequestAborted) switch
        {
            DownloadResult.Found(var archive) => TypedResults.Stream(archive, "application/octet-stream"),
            DownloadResult.Document(var json) => TypedResults.Bytes(json, "application/json"),
            // 307: the build asks again with the same method and body.
            DownloadResult.Elsewhere(var url) => TypedResults.Redirect(url.AbsoluteUri, preserveMethod: true),
            DownloadResult.Refused(var message) => TypedResults.Text(message, statusCode: StatusCodes.Status502BadGateway),
            _ => TypedResults.NotFound(),
        };
    }
}
