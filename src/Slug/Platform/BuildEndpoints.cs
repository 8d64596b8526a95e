using System.Globalization;
using Slug.Builds;
using Slug.Buildpacks;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Sources.Blobs;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Builds: asked for with the address of a source, shown, cancelled. And what is kept between them.</summary>
internal static class BuildEndpoints
{
    public static void MapBuilds(this IEndpointRouteBuilder app)
    {
        app.MapPost("/builds", CreateAsync);
        app.MapGet("/builds", ListAsync);
        app.MapGet("/builds/{id}", ShowAsync);
        app.MapGet("/builds/{id}/result", ResultAsync);
        app.MapDelete("/builds/{id}", CancelAsync);
        app.MapDelete("/build-cache", ClearAsync);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, Body<BuildRequest> body, AskedBuilds asked, BuildStore builds, BuildResources resources, SignedLinks links)
    {
        var wanted = body.Value.SourceBlob;
        if (!SourceAddress.TryRead(wanted?.Url, wanted?.Checksum, target => links.Opens(HttpMethods.Get, target), out var address, out var mistake))
            return PlatformError.Invalid(mistake);
        var source = new AskedSource
        {
            Url = address.Url.ToString(),
            Checksum = wanted!.Checksum,
            Version = wanted.Version,
            VersionDescription = wanted.VersionDescription,
            Buildpacks = [.. (body.Value.Buildpacks ?? []).Select(buildpack => buildpack?.Url ?? buildpack?.Name ?? "")],
        };
        if (MistakeIn(source.Buildpacks) is { } wrong)
            return PlatformError.Invalid(wrong);
        var id = await asked.AskAsync(NamedApp.Of(http), Grant.Of(http).Name, address, source, http.RequestAborted);
        return await builds.FindAsync(id, http.RequestAborted) is { } build ? Answer.Of(resources.Of(http, build), StatusCodes.Status201Created) : NoBuild(id.ToString());
    }

    private static async Task<IResult> ListAsync(HttpContext http, BuildStore builds, BuildResources resources)
    {
        var all = (await builds.ListAsync(NamedApp.Of(http), http.RequestAborted)).Where(IsBuild).Select(build => resources.Of(http, build));
        return Paging.Of(http, all, new SortKey<BuildResource>("id", build => build.Id.ToString()));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, string id, BuildStore builds, BuildResources resources) =>
        await FindAsync(http, id, builds) is { } build ? Answer.Of(resources.Of(http, build)) : NoBuild(id);

    private static async Task<IResult> ResultAsync(HttpContext http, string id, BuildStore builds, BuildResources resources, BuildLogs logs)
    {
        if (await FindAsync(http, id, builds) is not { } build)
            return NoBuild(id);
        var lines = new List<BuildLine>();
        await foreach (var line in logs.ReadAsync(build.Id, from: 0, follow: false, http.RequestAborted))
            lines.Add(new(line.Source == LogSource.Err ? "STDERR" : "STDOUT", line.Text + "\n"));
        var shown = resources.Of(http, build);
        int? exitCode = build.FinishedAt is null ? null : build.Status == BuildStatus.Succeeded ? 0 : 1;
        return Answer.Of(new BuildResultResource(new(build.Id, shown.Status, shown.OutputStreamUrl), exitCode, lines));
    }

    private static async Task<IResult> CancelAsync(HttpContext http, string id, BuildStore builds, BuildResources resources, AskedBuilds asked)
    {
        if (await FindAsync(http, id, builds) is not { } build)
            return NoBuild(id);
        return asked.Cancel(build.Id, Grant.Of(http).Name)
            ? Answer.Of(resources.Of(http, build))
            : PlatformError.Conflict($"SLUG3020: build '{build.Id}' has ended ({build.Status}); there is nothing to cancel");
    }

    private static async Task<IResult> ClearAsync(HttpContext http, BuildCaches caches, StepStore steps)
    {
        caches.Clear(NamedApp.Of(http));
        await steps.ClearAsync(NamedApp.Of(http), Grant.Of(http).Name, http.RequestAborted);
        return TypedResults.NoContent();
    }

    private static async Task<Build?> FindAsync(HttpContext http, string text, BuildStore builds) =>
        Guid.TryParse(text, CultureInfo.InvariantCulture, out var id) && await builds.FindAsync(id, http.RequestAborted) is { } build && build.AppId == NamedApp.Of(http).Id && IsBuild(build)
            ? build
            : null;

    // Neither a test nor a droplet that was made again.
    private static bool IsBuild(Build build) => !build.IsTest && build.Verifies is null;

    private static string? MistakeIn(IReadOnlyList<string> buildpacks)
    {
        try
        {
            foreach (var buildpack in buildpacks)
                BuildpackAddress.Parse(buildpack);
            return null;
        }
        catch (BuildpackException exception)
        {
            return exception.Message;
        }
    }

    private static IResult NoBuild(string text) => PlatformError.NotFound($"SLUG3021: there is no build '{text}' of this app; GET /apps/APP/builds lists them");
}
