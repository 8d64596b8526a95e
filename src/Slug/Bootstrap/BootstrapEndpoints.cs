using Slug.Api;
using Slug.Tokens;

namespace Slug.Bootstrap;

/// <summary>Reports of bootstraps: handed in by who ran one, read by who wants to know whether Slug still compiles Slug.</summary>
internal static class BootstrapEndpoints
{
    public static void MapBootstraps(this IEndpointRouteBuilder api)
    {
        api.MapGet("/bootstraps", async (BootstrapEvents events, CancellationToken cancellationToken) =>
            TypedResults.Json(await events.ListAsync(cancellationToken), BootstrapJson.Default.IReadOnlyListBootstrapReport))
            .WithName("listBootstraps").WithSummary("Reports of bootstraps, the latest first").Produces<IReadOnlyList<BootstrapReport>>();
        api.MapPost("/bootstraps", async (HttpContext http, BootstrapReport report, BootstrapEvents events) =>
        {
            await events.AppendAsync(report, Grant.Of(http).Name, http.RequestAborted);
            return TypedResults.NoContent();
        }).WithName("keepBootstrap").WithSummary("Keeps the report of a bootstrap as an event").Produces(204).Fails(413, 415, 422);
    }
}
