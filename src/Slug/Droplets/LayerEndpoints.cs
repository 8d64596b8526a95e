using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Tar;

namespace Slug.Droplets;

/// <summary>The builder's layers: asked for first, sent only where they are not known.</summary>
internal static class LayerEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLayers()
        {
            var blobs = routes.MapGroup("/builder/blobs/{diffId}").AddEndpointFilter<BuilderFilter>();
            blobs.MapMethods("/", [HttpMethods.Head], HeadAsync);
            blobs.MapPut("/", PutAsync);
        }
    }

    private static async Task<Results<Ok, NotFound>> HeadAsync(HttpContext http, Digest diffId, LayerStore layers) =>
        BuilderFilter.ContainerOf(http).Run is { } run && await layers.ClaimAsync(run.Plan, diffId, http.RequestAborted) ? TypedResults.Ok() : TypedResults.NotFound();

    private static async Task<Results<Created, BadRequest<string>, NotFound>> PutAsync(HttpContext http, Digest diffId, LayerStore layers)
    {
        if (BuilderFilter.ContainerOf(http).Run is not { } run)
            return TypedResults.NotFound();
        try
        {
            await layers.ReceiveAsync(run.Plan, diffId, http.Request.Body, http.RequestAborted);
            return TypedResults.Created();
        }
        catch (Exception exception) when (exception is InvalidLayerException or InvalidDataException)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }
}
