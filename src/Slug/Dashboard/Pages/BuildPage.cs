using System.Globalization;
using System.Text;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>A build: how it stands, why it failed, its phases, its log as it comes.</summary>
internal static class BuildPage
{
    private const int SecondsBetweenLooks = 3;

    public static IResult Answer(HttpContext http, BuildLogs logs, BuildRuns runs, TimeProvider time, string? log)
    {
        var build = BuildOfPage.Of(http);
        return new Page
        {
            Title = $"{build.AppName}: build {build.Status}",
            Tab = new(build.AppName, "Builds"),
            Refresh = build.FinishedAt is null ? SecondsBetweenLooks : null,
            Main =
                $"""
                <h2>Build {Show.Status(build.Status)}</h2>
                {(build.Message is { } message ? Failure(build, message) : Html.None)}
                {Facts(build, time.GetUtcNow())}
                {Actions(build, Forms.Of(http), Grant.Of(http))}
                <div id="phases">{Timeline.Of(runs.PhasesOf(build.Id) ?? build.PhaseTimes, time.GetUtcNow())}</div>
                {VerificationPart.Of(build)}
                """,
            Rest = cancellationToken => LogLines.ListAsync(build, logs, log == "all" ? int.MaxValue : LogLines.Many, cancellationToken),
        };
    }

    public static IResult Follow(HttpContext http, BuildLogs logs, BuildRuns runs, int? from)
    {
        var had = int.TryParse(http.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : from ?? 0;
        return TypedResults.ServerSentEvents(LogLines.FollowAsync(BuildOfPage.Of(http), Math.Max(had, 0), logs, runs, http.RequestAborted));
    }

    public static IResult Text(HttpContext http, BuildLogs logs)
    {
        Page.Protect(http.Response);
        var lines = logs.ReadAsync(BuildOfPage.Of(http).Id, 0, follow: false, http.RequestAborted);
        return TypedResults.Stream(async body =>
        {
            await foreach (var line in lines)
                await body.WriteAsync(Encoding.UTF8.GetBytes(line.Text + "\n"), http.RequestAborted);
        }, "text/plain; charset=utf-8");
    }

    private static Html Failure(Build build, string message) =>
        $"""
        <section class="failure" aria-labelledby="why">
        <h3 id="why">{(build.Phase is { Length: > 0 } phase ? $"It ended in phase {phase}" : "It did not become a droplet")}</h3>
        <pre>{message}</pre>
        <p><a href="#end">The end of its log</a></p>
        </section>
        """;

    private static Html Facts(Build build, DateTimeOffset now) =>
        $"""
        <dl class="facts">
        <div><dt>What</dt><dd>{BuildsPage.WhatOf(build)}</dd></div>
        <div><dt>Commit</dt><dd>{Show.Commit(build.CommitId)}</dd></div>
        <div><dt>Asked for</dt><dd>{Show.Time(build.CreatedAt)}</dd></div>
        <div><dt>By</dt><dd>{build.By ?? "–"}</dd></div>
        <div><dt>Took</dt><dd>{Show.Took(build, now)}</dd></div>
        {(build.Droplet is { } droplet ? $"<div><dt>Droplet</dt><dd>{Show.Droplet(build.AppName, Digest.Parse(droplet))}</dd></div>" : Html.None)}
        {(build.ExitCode is { } code ? $"<div><dt>Tests ended with</dt><dd>{code}</dd></div>" : Html.None)}
        <div class="wide"><dt>Id</dt><dd><code>{build.Id}</code></dd></div>
        </dl>
        """;

    private static Html Actions(Build build, Forms forms, Grant grant)
    {
        if (!grant.Allows(Scope.Deploy, AppName.Parse(build.AppName)) || build.Verifies is not null)
            return Html.None;
        return build.FinishedAt is null
            ? $"<p class=\"actions\">{forms.Button($"/ui/builds/{build.Id}/cancel", "Cancel")}</p>"
            : (Html)$"<p class=\"actions\">{forms.Button($"/ui/builds/{build.Id}/again", build.IsTest ? "Test again" : "Build again")}</p>";
    }
}
