using Slug.Tokens;

namespace Slug.Bootstrap;

/// <summary>Reports of bootstraps: handed in by who ran one, read by who wants to know whether Slug still compiles Slug.</summary>
internal static class BootstrapEndpoints
{
    public static void MapBootstraps(this IEndpointRouteBuilder api)
    {
        api.MapGet("/bootstraps", async (BootstrapEvents events, CancellationToken cancellationToken) =>
            TypedResults.Json(await events.ListAsync(cancellationToken), BootstrapJson.Default.IReadOnlyListBootstrapReport));
        api.MapPost("/bootstraps", async (HttpContext http, BootstrapEvents events) =>
        {
            if (await http.Request.ReadFromJsonAsync(BootstrapJson.Default.BootstrapReport, http.RequestAborted) is { } report)
                await events.AppendAsync(report, Grant.Of(http).Name, http.RequestAborted);
            return TypedResults.NoContent();
        });
    }
}
