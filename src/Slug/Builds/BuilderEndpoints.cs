using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Buildpacks;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Sources;
using Slug.Telemetry;

namespace Slug.Builds;

/// <summary>The builder's side of a build: all that a build container can ask for. What comes in is checked, never trusted.</summary>
internal static class BuilderEndpoints
{
    private const int LargestResult = 1 << 20;

    extension(IEndpointRouteBuilder routes)
    {
        public void MapBuilders()
        {
            var own = routes.MapGroup("/builder").AddEndpointFilter<BuilderFilter>();
            own.MapPost("/next", NextAsync);
            own.MapGet("/buildpacks", (BuildpackCatalog catalog) => TypedResults.Json<IReadOnlyList<Digest>>([.. BuiltIn(catalog)], WireJson.Default.IReadOnlyListDigest));
            own.MapGet("/buildpacks/{digest}", Results<FileStreamHttpResult, NotFound> (HttpContext http, Digest digest, BuildpackCatalog catalog, BuildpackShelf shelf) =>
                (BuiltIn(catalog).Contains(digest) || IsOfBuild(http, digest)) && shelf.Open(digest) is { } tar ? TypedResults.Stream(tar, "application/x-tar") : TypedResults.NotFound());

            var build = own.MapGroup("/builds/{id:guid}");
            build.MapGet("/source", (HttpContext http, SourceArchive archive) =>
                TypedResults.Stream(body => archive.WriteAsync(RunOf(http).Plan.Source, body, http.RequestAborted), "application/x-tar"));
            build.MapGet("/cache", RestoreCacheAsync);
            build.MapPut("/cache", KeepCacheAsync);
            build.MapPost("/events", (Delegate)EventsAsync);
            build.MapPost("/authors", (Delegate)AuthorsAsync);
            build.MapPost("/result", (Delegate)ResultAsync);
        }
    }

    /// <summary>The build that the asking container was given.</summary>
    public static BuildRun RunOf(HttpContext http) => BuilderFilter.ContainerOf(http).Run!;

    private static IEnumerable<Digest> BuiltIn(BuildpackCatalog catalog) => catalog.BuiltIn.Select(buildpack => buildpack.Digest).OfType<Digest>();

    // Another app's buildpack may be private.
    private static bool IsOfBuild(HttpContext http, Digest digest) =>
        BuilderFilter.ContainerOf(http).Run?.Plan.Buildpacks.Any(buildpack => buildpack.Digest == digest) == true;

    private static async Task<Results<JsonHttpResult<BuildJob>, StatusCodeHttpResult>> NextAsync(HttpContext http, BuildJobs jobs, IHostApplicationLifetime lifetime)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            var run = await BuilderFilter.ContainerOf(http).Assigned.WaitAsync(end.Token);
            return TypedResults.Json(jobs.For(run.Plan), WireJson.Default.BuildJob);
        }
        catch (OperationCanceledException)
        {
            // A builder that waits does not keep the service from stopping.
            return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private static async Task<Results<FileStreamHttpResult, ContentHttpResult>> RestoreCacheAsync(HttpContext http, BuildCaches caches, Meters meters)
    {
        var run = RunOf(http);
        var result = await caches.OpenAsync(run.Plan, http.RequestAborted);
        meters.Looked("build", result is CacheResult.Found);
        if (result is not CacheResult.Found(var cache, var content))
            return TypedResults.Text(((CacheResult.Absent)result).Reason, statusCode: StatusCodes.Status404NotFound);
        run.Cache = cache;
        http.Response.Headers[CacheHeaders.Digest] = cache.Digest.ToString();
        http.Response.Headers[CacheHeaders.Build] = cache.Build.ToString();
        return TypedResults.Stream(content, "application/zstd");
    }

    private static async Task<Results<NoContent, Conflict, StatusCodeHttpResult>> KeepCacheAsync(HttpContext http, BuildCaches caches)
    {
        var run = RunOf(http);
        using var arrival = BuilderFilter.ContainerOf(http).CacheArrival;
        if (!await run.Settled.WaitAsync(http.RequestAborted))
            return TypedResults.Conflict();
        return await caches.ReplaceAsync(run.Plan, http.Request.Body, http.RequestAborted)
            ? TypedResults.NoContent()
            : TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
    }

    private static async Task<Results<NoContent, BadRequest<string>>> EventsAsync(HttpContext http)
    {
        var run = RunOf(http);
        try
        {
            await foreach (var happened in JsonLines.ReadAsync(http.Request.BodyReader, WireJson.Default.BuildEvent, http.RequestAborted))
            {
                if (happened is LogEvent line)
                    run.Log.Append(line);
                else if (happened is PhaseEvent phase)
                    run.Note(phase);
            }

            return TypedResults.NoContent();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }

    private static async Task<Results<NoContent, BadRequest<string>, Conflict>> AuthorsAsync(HttpContext http)
    {
        var run = RunOf(http);
        if (run.Plan.Verifies is null)
            return TypedResults.Conflict();
        try
        {
            await foreach (var file in JsonLines.ReadAsync(http.Request.BodyReader, WireJson.Default.AuthoredFile, http.RequestAborted))
                run.Authors.Add(file);
            return TypedResults.NoContent();
        }
        catch (Exception exception) when (exception is JsonException or InvalidDataException)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }

    private static async Task<Results<NoContent, BadRequest<string>, Conflict>> ResultAsync(HttpContext http)
    {
        if (http.Request.ContentLength is null or > LargestResult)
            return TypedResults.BadRequest($"expected a Content-Length of at most {LargestResult}");
        try
        {
            var outcome = await JsonSerializer.DeserializeAsync(http.Request.Body, WireJson.Default.BuildOutcome, http.RequestAborted);
            return outcome is not null && RunOf(http).TryFinish(outcome) ? TypedResults.NoContent() : TypedResults.Conflict();
        }
        catch (JsonException exception)
        {
            return TypedResults.BadRequest(exception.Message);
        }
    }
}
