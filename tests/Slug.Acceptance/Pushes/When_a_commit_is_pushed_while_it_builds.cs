using System.Text.RegularExpressions;

namespace Slug.Acceptance.Pushes;

[Parallelizable]
public class When_a_commit_is_pushed_while_it_builds
{
    // Long enough for another push to come by.
    private const string Waiting = "echo first line; echo under way; sleep 8; ";

    [Test, CancelAfter(120_000)]
    public async Task Should_join_its_log_from_the_first_line_and_end_as_it_does(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Waiting + "echo last line", cancellationToken);
        using var clone = await folder.CopyAsync(cancellationToken);
        await using var first = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main");
        await first.SaysAsync("under way", cancellationToken);

        var joined = await clone.PushAsync(Slugs.Scripted, app, cancellationToken);
        var end = await first.EndAsync(cancellationToken);

        Assert.That(end.ExitCode, Is.Zero, end.Output);
        Assert.That(joined.ExitCode, Is.Zero, joined.Output);
        Assert.That(joined.Output, Does.Contain("this one joins it").And.Contains("first line").And.Contains("last line").And.Contains("Released v1"));
        Assert.That(joined.Output, Does.Not.Contain("Waiting"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app)).Output, Does.Not.Contain("v2"), "it was built once");
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_rejected_with_it(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Waiting + "exit 7", cancellationToken);
        await using var first = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main");
        await first.SaysAsync("under way", cancellationToken);

        var joined = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        Assert.That(joined.ExitCode, Is.Not.Zero);
        Assert.That(joined.Output, Does.Contain("first line").And.Contains("exited with 7").And.Contains("pre-receive hook declined"));
        Assert.That((await first.EndAsync(cancellationToken)).ExitCode, Is.Not.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_join_a_build_whose_first_pusher_hung_up(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Waiting + "echo last line", cancellationToken);
        await using (var first = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main"))
        {
            await first.SaysAsync("under way", cancellationToken);
            first.KillTree();
        }

        var joined = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That(joined.ExitCode, Is.Zero, joined.Output);
        Assert.That(joined.Output, Does.Contain("this one joins it").And.Contains("first line").And.Contains("Released v1"));
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_be_followed_from_any_line_by_the_command_too(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync(Waiting + "echo last line", cancellationToken);
        await using var push = folder.StartGit("push", Slugs.Scripted.RemoteOf(app), "main");
        await push.SaysAsync("under way", cancellationToken);

        var whole = Slugs.Scripted.SlugAsync(cancellationToken, "logs", app, "--follow");
        var rest = Slugs.Scripted.SlugAsync(cancellationToken, "logs", app, "--follow", "--from", "4");

        var lines = (await whole).Output.Split('\n');
        Assert.That(lines, Has.Some.Contains("first line").And.Some.Contains("last line").And.Some.Contains("Released v1"));
        Assert.That((await rest).Output, Is.EqualTo(string.Join('\n', lines[3..])));
        Assert.That(Regex.Count((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output, "last line"), Is.EqualTo(1));
    }
}
