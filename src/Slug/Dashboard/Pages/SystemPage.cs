using Slug.Api;
using Slug.Builds;
using Slug.Dashboard.Markup;
using Slug.Hosting;

namespace Slug.Dashboard.Pages;

/// <summary>The service: what it does now, what it stands on, what it takes.</summary>
internal static class SystemPage
{
    // It looks at the disk and asks the engine, which may take its time.
    public static IResult Answer(ServiceStatus status, Intake intake, BuildStore builds, TimeProvider time) => new Page
    {
        Title = "System",
        Main = $"<h1>System</h1>",
        Rest = Page.Later(async cancellationToken => Of(
            await status.ReadAsync(cancellationToken), intake.State, Under(await builds.ListUnderWayAsync(cancellationToken), time.GetUtcNow()))),
    };

    private static Html Of(StatusView status, IntakeState intake, Html underWay) =>
        $"""
        <h2>Queue</h2>
        <dl class="facts">
        <div><dt>Builds that run</dt><dd>{status.BuildsRunning} of {status.BuildsAtOnce}</dd></div>
        <div><dt>Builds that wait</dt><dd>{status.BuildsQueued}</dd></div>
        <div><dt>Pushes</dt><dd>{(intake.Open ? "are let in" : $"are held back, {intake.Waiting} wait")}</dd></div>
        </dl>
        {underWay}
        <h2>Engine</h2>
        <dl class="facts">
        <div><dt>Docker engine</dt><dd>{(status.Engine is { } engine ? $"{engine}" : (Html)$"<span class=\"status failed\">does not answer</span> builds fail until it does: <code>slug up</code>")}</dd></div>
        <div><dt>Stack</dt><dd>{(status.Stack is { } stack ? $"{stack}" : (Html)$"<span class=\"status failed\">not built</span> <code>slug stacks build</code>")}</dd></div>
        </dl>
        <h2>Disk</h2>
        {(status.DamagedDroplets > 0 ? Problem.Note($"{Show.Count(status.DamagedDroplets, "droplet")} damaged: 'slug fsck' says which, and how to make them again") : Html.None)}
        <table class="disk">
        <thead><tr><th scope="col">Kind</th><th scope="col">Size</th><th scope="col">Share</th></tr></thead>
        <tbody>
        {status.Disk.OrderByDescending(kind => kind.Bytes).Select(kind => Row(kind, status.Disk.Sum(other => other.Bytes)))}
        </tbody>
        </table>
        <h2>Versions</h2>
        <dl class="facts">
        <div><dt>Slug</dt><dd>{status.Version}</dd></div>
        <div><dt>.NET</dt><dd>{Environment.Version}</dd></div>
        <div><dt>Instance</dt><dd><code>{status.Instance}</code></dd></div>
        <div><dt>Data</dt><dd><code>{status.Data}</code></dd></div>
        <div><dt>Runs since</dt><dd>{Show.Time(status.StartedAt)}</dd></div>
        <div><dt>Apps</dt><dd>{status.Apps}</dd></div>
        </dl>
        """;

    private static Html Under(IReadOnlyList<Build> builds, DateTimeOffset now) => builds.Count == 0 ? Html.None :
        $"""
        <table>
        <thead><tr><th scope="col">Build</th><th scope="col">App</th><th scope="col">Asked for</th><th scope="col">Runs for</th><th scope="col">By</th></tr></thead>
        <tbody>
        {builds.Select(build => UnderWay(build, now))}
        </tbody>
        </table>
        """;

    private static Html UnderWay(Build build, DateTimeOffset now) =>
        $"""
        <tr>
        <th scope="row"><a href="/ui/builds/{build.Id}">{Show.Status(build.Status)}</a></th>
        <td data-label="App"><a href="/ui/apps/{build.AppName}">{build.AppName}</a></td>
        <td data-label="Asked for">{Show.Time(build.CreatedAt)}</td>
        <td data-label="Runs for">{Show.Took(build, now)}</td>
        <td data-label="By">{build.By}</td>
        </tr>

        """;

    private static Html Row(KindSize kind, long total) =>
        $"""
        <tr>
        <th scope="row">{kind.Kind}</th>
        <td data-label="Size">{Show.Size(kind.Bytes)}</td>
        <td data-label="Share">{Show.Share(kind.Bytes, total)}</td>
        </tr>

        """;
}
