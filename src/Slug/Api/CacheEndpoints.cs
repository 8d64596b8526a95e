using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Builds;

namespace Slug.Api;

/// <summary>What is kept between the builds of an app.</summary>
internal static class CacheEndpoints
{
    public static void MapCaches(this IEndpointRouteBuilder api)
    {
        var app = api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>();
        app.MapGet("/cache", (HttpContext http, BuildCaches caches) => Json(caches.Of(AppFilter.AppOf(http))));
        app.MapDelete("/cache", (HttpContext http, BuildCaches caches) => Json(caches.Clear(AppFilter.AppOf(http))));
    }

    private static JsonHttpResult<IReadOnlyList<CacheView>> Json(IReadOnlyList<KeptCache> caches) =>
        TypedResults.Json<IReadOnlyList<CacheView>>(
            [.. caches.Select(cache => new CacheView(cache.Stack, cache.Build, cache.Size, cache.CreatedAt))], ApiJson.Default.IReadOnlyListCacheView);
}
