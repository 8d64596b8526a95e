using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Sweeps what is past its limit, now; or says what would go.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/gc", async (HttpContext http, Retention retention, bool? dryRun) =>
            TypedResults.Json(await retention.SweepAsync(dryRun ?? false, Grant.Of(http).Name, http.RequestAborted), ApiJson.Default.IReadOnlyListSwept))
            .WithName("sweep").WithSummary("Removes what is past its limit; with 'dryRun' says what would go").Produces<IReadOnlyList<Swept>>();
}
