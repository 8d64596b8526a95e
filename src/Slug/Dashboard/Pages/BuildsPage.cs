using Slug.Builds;
using Slug.Dashboard.Markup;
using Slug.Releases;

namespace Slug.Dashboard.Pages;

/// <summary>An app: what runs, and its builds.</summary>
internal static class BuildsPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, BuildStore builds, ReleaseStore releases, TimeProvider time)
    {
        var app = AppOfPage.Of(http);
        var list = await builds.ListAsync(app, http.RequestAborted);
        var current = await releases.FindCurrentAsync(app, http.RequestAborted);
        return new Page
        {
            Title = $"{app.Name}",
            Tab = new(app.Name.ToString(), "Builds"),
            Main =
                $"""
                <dl class="facts">
                <div><dt>Release</dt><dd>{(current is null ? (Html)$"none yet" : $"v{current.Version}, {current.Description}, {Show.Time(current.CreatedAt)}")}</dd></div>
                <div><dt>Push to</dt><dd><code>{http.Request.Scheme}://{http.Request.Host}/{app.Name}.git</code></dd></div>
                {(app.Folder.IsWhole ? Html.None : $"<div><dt>Builds the folder</dt><dd><code>{app.Folder}</code></dd></div>")}
                </dl>
                <h2>Builds</h2>
                {(list.Count == 0 ? $"<p>None yet: push to it.</p>" : Table(list, time.GetUtcNow()))}
                """,
        };
    }

    private static Html Table(IEnumerable<Build> builds, DateTimeOffset now) =>
        $"""
        <table>
        <thead><tr><th scope="col">Build</th><th scope="col">Commit</th><th scope="col">What</th><th scope="col">When</th><th scope="col">Took</th><th scope="col">Why</th></tr></thead>
        <tbody>
        {builds.Select(build => Row(build, now))}
        </tbody>
        </table>
        """;

    private static Html Row(Build build, DateTimeOffset now) =>
        $"""
        <tr>
        <th scope="row"><a href="/ui/builds/{build.Id}">{Show.Status(build.Status)}</a></th>
        <td data-label="Commit">{Show.Commit(build.CommitId)}</td>
        <td data-label="What">{WhatOf(build)}</td>
        <td data-label="When">{Show.Time(build.CreatedAt)}</td>
        <td data-label="Took">{Show.Took(build, now)}</td>
        <td data-label="Why" class="why">{(build.Message is { } message ? $"{(build.Phase is { Length: > 0 } phase ? $"{phase}: " : "")}{message.Split('\n')[0]}" : "")}</td>
        </tr>

        """;

    /// <summary>What the build was to become.</summary>
    public static string WhatOf(Build build) => build switch
    {
        { IsTest: true } => "test",
        { Verifies: not null } => "verification",
        { Cached: true } => "known droplet",
        _ => "deploy",
    };
}
