using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Tokens;
using Slug.Verifications;

namespace Slug.Api;

/// <summary>Builds and their logs.</summary>
internal static class BuildEndpoints
{
    extension(IEndpointRouteBuilder api)
    {
        public void MapBuilds()
        {
            api.MapGroup("/apps/{app}").AddEndpointFilter<AppFilter>().MapGet("/builds", ListAsync)
                .WithName("listBuilds").WithSummary("An app's last 200 builds, the latest first").Produces<IReadOnlyList<BuildView>>().Fails(404);
            api.MapGet("/builds/{build}", ShowAsync).WithName("getBuild").WithSummary("A build by its id, or an app's latest by the app's name").Produces<BuildView>().Fails(404);
            api.MapGet("/builds/{build}/log", LogAsync)
                .WithName("getLog").WithSummary("A build's log from line 'from' on, 0 the first; with 'follow' until the build ends").Produces<string>(200, "text/plain").Fails(404);
            api.MapGet("/builds/{build}/capsule", CapsuleAsync)
                .WithName("getCapsule").WithSummary("What is kept of a failed build, and what a container of it is given").Produces<CapsuleView>().Fails(404, 503);
            api.MapPost("/builds/{build}/cancel", CancelAsync).WithName("cancelBuild").WithSummary("Ends a build that waits or runs").Produces<BuildView>(202).Fails(404, 409);
        }
    }

    private static async Task<IResult> ListAsync(HttpContext http, BuildStore builds)
    {
        var list = await builds.ListAsync(AppFilter.AppOf(http), http.RequestAborted);
        return TypedResults.Json(list.Select(View).ToList(), ApiJson.Default.IReadOnlyListBuildView);
    }

    private static async Task<IResult> ShowAsync(string build, AppStore apps, BuildStore builds, CancellationToken cancellationToken) =>
        await FindAsync(build, apps, builds, cancellationToken) is { } found ? TypedResults.Json(View(found), ApiJson.Default.BuildView) : NoBuild(build);

    private static async Task<IResult> LogAsync(
        string build, AppStore apps, BuildStore builds, BuildLogs logs, bool? follow, int? from, CancellationToken cancellationToken)
    {
        if (await FindAsync(build, apps, builds, cancellationToken) is not { } found)
            return NoBuild(build);
        return TypedResults.Stream(body => WriteAsync(logs.Open(found.Id, follow ?? false), from ?? 0, body, cancellationToken), "text/plain; charset=utf-8");
    }

    private static async Task<IResult> CapsuleAsync(string build, AppStore apps, BuildStore builds, Capsules capsules, CancellationToken cancellationToken)
    {
        if (await FindAsync(build, apps, builds, cancellationToken) is not { } found)
            return NoBuild(build);
        return await capsules.FindAsync(found.Id, cancellationToken) is { } capsule
            ? TypedResults.Json(capsule, ApiJson.Default.CapsuleView)
            : Problems.NotFound("SLUG3022", $"nothing is kept of build '{found.Id}' ({found.Status}); only what failed in detect or later is, for as long as --capsule-keep and --capsule-limit say: push again to look at it");
    }

    private static async Task<IResult> CancelAsync(HttpContext http, string build, AppStore apps, BuildStore builds, AskedBuilds carried)
    {
        if (await FindAsync(build, apps, builds, http.RequestAborted) is not { } found)
            return NoBuild(build);
        return carried.Cancel(found.Id, Grant.Of(http).Name)
            ? TypedResults.Json(View(found), ApiJson.Default.BuildView, statusCode: StatusCodes.Status202Accepted)
            : Problems.Conflict("SLUG3020", $"build '{found.Id}' has ended ({found.Status}); there is nothing to cancel");
    }

    private static async Task WriteAsync(LogText? log, int skipped, Stream body, CancellationToken cancellationToken)
    {
        if (log is null)
            return;
        using (log)
        {
            await foreach (var piece in log.ReadAsync(Timeout.InfiniteTimeSpan, cancellationToken))
            {
                var rest = piece;
                for (; skipped > 0 && !rest.IsEmpty; skipped--)
                    rest = rest[(rest.Span.IndexOf((byte)'\n') + 1)..];
                await body.WriteAsync(rest, cancellationToken);
                await body.FlushAsync(cancellationToken);
            }
        }
    }

    // A build's id, or an app's name for its latest build.
    private static async Task<Build?> FindAsync(string text, AppStore apps, BuildStore builds, CancellationToken cancellationToken)
    {
        if (Guid.TryParse(text, CultureInfo.InvariantCulture, out var id))
            return await builds.FindAsync(id, cancellationToken);
        return AppName.TryParse(text, null, out var name) && await apps.FindAsync(name, cancellationToken) is { } app
            ? await builds.FindLatestAsync(app, cancellationToken)
            : null;
    }

    private static JsonHttpResult<ProblemView> NoBuild(string text) =>
        Problems.NotFound("SLUG3021", $"there is no build '{text}'; 'slug builds APP' lists them");

    private static BuildView View(Build build) => new()
    {
        Id = build.Id,
        App = build.AppName,
        Status = build.Status,
        Commit = build.CommitId,
        Cached = build.Cached,
        Droplet = build.Droplet is { } droplet ? Digest.Parse(droplet) : null,
        Phase = build.Phase,
        Message = build.Message,
        Test = build.IsTest,
        ExitCode = build.ExitCode,
        Verifies = build.Verifies is { } verified ? Digest.Parse(verified) : null,
        Verification = build.Verification is { } verification ? JsonSerializer.Deserialize(verification, VerificationJson.Default.VerificationReport) : null,
        Reports = build.Reports is { } reports ? JsonSerializer.Deserialize(reports, WireJson.Default.IReadOnlyListBuildpackReport) : null,
        CreatedAt = build.CreatedAt,
        StartedAt = build.StartedAt,
        FinishedAt = build.FinishedAt,
    };
}
