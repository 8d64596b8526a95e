using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Builds;
using Slug.Droplets;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>What is kept between the builds of an app: its build caches, and what steps with declared inputs made.</summary>
internal static class CacheEndpoints
{
    public static void MapCaches(this IEndpointRouteBuilder api)
    {
        var app = api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>();
        app.MapGet("/cache", async (HttpContext http, BuildCaches caches, StepStore steps) =>
            Json(caches.Of(AppFilter.AppOf(http)), await steps.ListAsync(AppFilter.AppOf(http), http.RequestAborted)))
            .WithName("getCache").WithSummary("What is kept between an app's builds").Produces<IReadOnlyList<CacheView>>().Fails(404);
        app.MapDelete("/cache", async (HttpContext http, BuildCaches caches, StepStore steps) =>
            Json(caches.Clear(AppFilter.AppOf(http)), await steps.ClearAsync(AppFilter.AppOf(http), Grant.Of(http).Name, http.RequestAborted)))
            .WithName("clearCache").WithSummary("Throws away what is kept between an app's builds, and says what it was").Produces<IReadOnlyList<CacheView>>().Fails(404);
    }

    private static JsonHttpResult<IReadOnlyList<CacheView>> Json(IReadOnlyList<KeptCache> caches, IReadOnlyList<StepRow> steps) =>
        TypedResults.Json<IReadOnlyList<CacheView>>(
            [
                .. caches.Select(cache => new CacheView("build cache", cache.Stack, cache.Build, cache.Size, cache.CreatedAt)),
                .. steps.Select(step => new CacheView($"dependencies of {step.Buildpack}", step.Stack, step.BuildId, step.BlobSize, step.UsedAt)),
            ],
            ApiJson.Default.IReadOnlyListCacheView);
}
