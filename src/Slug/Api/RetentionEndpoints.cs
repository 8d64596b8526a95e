using Slug.Hosting;

namespace Slug.Api;

/// <summary>Sweeps what is past its limit, now; or says what would go.</summary>
internal static class RetentionEndpoints
{
    public static void MapRetention(this IEndpointRouteBuilder api) =>
        api.MapPost("/gc", async (Retention retention, bool? dryRun, CancellationToken cancellationToken) =>
            TypedResults.Json(await retention.SweepAsync(dryRun ?? false, cancellationToken), ApiJson.Default.IReadOnlyListSwept));
}
