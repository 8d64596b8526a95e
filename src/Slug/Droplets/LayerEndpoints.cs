using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Telemetry;

namespace Slug.Droplets;

/// <summary>The builder's layers: asked for first, sent only where they are not known. And those that steps of earlier builds made.</summary>
internal static class LayerEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapLayers()
        {
            var blobs = routes.MapGroup("/builder/blobs/{diffId}").AddEndpointFilter<BuilderFilter>();
            blobs.MapMethods("/", [HttpMethods.Head], HeadAsync);
            blobs.MapGet("/", GetAsync);
            blobs.MapPut("/", PutAsync);
            routes.MapGroup("/builder/builds/{id:guid}").AddEndpointFilter<BuilderFilter>().MapGet("/steps/{key}", FindStepAsync);
        }
    }

    private static async Task<Results<EmptyHttpResult, NotFound>> HeadAsync(HttpContext http, Digest diffId, LayerStore layers, Meters meters)
    {
        if (BuilderFilter.ContainerOf(http).Run is not { } run)
            return TypedResults.NotFound();
        var known = await layers.ClaimAsync(run.Plan, diffId, http.RequestAborted);
        meters.Looked("layer", known is not null);
        if (known is not { } layer)
            return TypedResults.NotFound();
        http.Response.ContentLength = layer.BlobSize;
        return TypedResults.Empty;
    }

    private static async Task<Results<PushStreamHttpResult, NotFound>> GetAsync(HttpContext http, Digest diffId, LayerStore layers) =>
        BuilderFilter.ContainerOf(http).Run is { } run && await layers.FindClaimedAsync(run.Plan, diffId, http.RequestAborted) is { } layer
            ? TypedResults.Stream(body => layers.ReadAsync(layer, tar => tar.CopyToAsync(body, http.RequestAborted), http.RequestAborted), MediaTypes.Layer)
            : TypedResults.NotFound();

    private static async Task<Results<Created, BadRequest<string>, NotFound>> PutAsync(HttpContext http, Digest diffId, LayerStore layers)
    {
        if (BuilderFilter.ContainerOf(http).Run is not { } run)
            return TypedResults.NotFound();
        try
        {
            await layers.ReceiveAsync(run.Plan, diffId, LayerForms.Of(http.Request.ContentType), http.Request.Body, http.RequestAborted);
            return TypedResults.Created();
        }
        catch (Exception exception) when (exception is InvalidLayerException or InvalidDataException)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }

    private static async Task<Results<JsonHttpResult<KeptStep>, ContentHttpResult>> FindStepAsync(HttpContext http, Digest key, StepStore steps, Meters meters)
    {
        var run = BuilderEndpoints.RunOf(http);
        var (kept, absence) = await steps.FindAsync(run.Plan, key, http.RequestAborted);
        meters.Looked("step", kept is not null);
        if (kept is null)
            return TypedResults.Text(absence, statusCode: StatusCodes.Status404NotFound);
        run.Steps[kept.Layer.DiffId] = kept;
        return TypedResults.Json(kept, WireJson.Default.KeptStep);
    }
}
