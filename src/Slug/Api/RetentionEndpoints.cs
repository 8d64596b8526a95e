using Slug.Hosting;

namespace Slug.Api;

/// <summary>Sweeps what is past its limit, now; or says what would go.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/gc", async (Retention retention, CancellationToken cancellationToken, bool dryRun = false) =>
            TypedResults.Json(await retention.SweepAsync(dryRun, cancellationToken), ApiJson.Default.IReadOnlyListSwept));
}
