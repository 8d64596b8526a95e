using System.Text.RegularExpressions;

namespace Slug.Acceptance.Pushes;

public class When_pushes_meet
{
    [Test, CancelAfter(90_000)]
    public async Task Should_build_two_of_one_app_in_order_and_never_let_the_older_win(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo first builds; while [ ! -e /tmp/never ]; do sleep 1; [ $SECONDS -gt 3 ] && break; done", cancellationToken);
        await using var first = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main");
        await first.SaysAsync("first builds", cancellationToken);

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo second builds" }, cancellationToken);
        var second = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var firstEnd = await first.EndAsync(cancellationToken);

        Assert.That(firstEnd.ExitCode, Is.Zero, firstEnd.Output);
        Assert.That(second.ExitCode, Is.Not.Zero, "the branch moved while it waited");
        Assert.That(second.Output, Does.Contain("push again").IgnoreCase);
        var again = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That(again.Output, Does.Contain("second builds").And.Contains("Released v2"));
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_build_two_apps_side_by_side(CancellationToken cancellationToken)
    {
        using var left = await Slugs.AppThatAsync("echo left builds; sleep 3", cancellationToken);
        using var right = await Slugs.AppThatAsync("echo right builds; sleep 3", cancellationToken);
        await using var leftPush = left.StartGit("push", Slugs.Scripted.RemoteOf(Slugs.NewName()), "main");
        await using var rightPush = right.StartGit("push", Slugs.Scripted.RemoteOf(Slugs.NewName()), "main");
        await leftPush.SaysAsync("left builds", cancellationToken);
        await rightPush.SaysAsync("right builds", cancellationToken);
        Assert.That(leftPush.Output, Does.Not.Contain("Released"), "both were under way at once");
        Assert.That((await leftPush.EndAsync(cancellationToken)).ExitCode, Is.Zero);
        Assert.That((await rightPush.EndAsync(cancellationToken)).ExitCode, Is.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_tell_those_who_wait_their_place_in_line(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks, "--builds", "1"], cancellationToken);
        using var busy = await Slugs.AppThatAsync("echo busy; sleep 3", cancellationToken);
        await using var running = busy.StartGit("push", slug.RemoteOf("running"), "main");
        await running.SaysAsync("busy", cancellationToken);
        using var idle = await Slugs.AppThatAsync("true", cancellationToken);
        var waited = await idle.PushAsync(slug, "waiting", cancellationToken);
        Assert.That(waited.Output, Does.Contain("Waiting for a build slot: next in line").And.Contains("Released v1"));
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_go_on_when_the_pusher_hangs_up(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo under way; sleep 2; echo done after all", cancellationToken);
        await using (var push = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main"))
        {
            await push.SaysAsync("under way", cancellationToken);
            push.KillTree();
        }

        await Eventually.TrueAsync(
            async () => (await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app)).Output.Contains("v1", StringComparison.Ordinal), cancellationToken);
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output, Does.Contain("done after all"));
        await Eventually.TrueAsync(
            async () => (await folder.GitAsync(cancellationToken, "ls-remote", Slugs.Scripted.RemoteOf(app))).Output.Contains("refs/heads/main", StringComparison.Ordinal),
            cancellationToken);
    }

    [Test, CancelAfter(90_000)]
    public async Task Should_end_a_build_that_is_cancelled(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo under way; sleep 600", cancellationToken);
        await using var push = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main");
        await push.SaysAsync("under way", cancellationToken);
        var list = await Slugs.Scripted.SlugAsync(cancellationToken, "builds", app, "--json");
        var id = Regex.Match(list.Output, "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}").Value;
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "builds", "cancel", id)).ExitCode, Is.Zero);
        var end = await push.EndAsync(cancellationToken);
        Assert.That(end.ExitCode, Is.Not.Zero);
        Assert.That(end.Output, Does.Contain("SLUG3006: the build was cancelled by 'admin'"));
    }
}
