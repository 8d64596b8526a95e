namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_a_build_fails
{
    [Test, CancelAfter(60_000)]
    public async Task Should_reject_the_push_with_the_phase_the_reason_and_the_log(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo doing; echo 'no such thing' >&2; exit 3", cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("doing").And.Contains("no such thing"));
        Assert.That(push.Output, Does.Contain("SLUG3141").And.Contains("exited with 3").And.Contains("pre-receive hook declined"));
        Assert.That((await folder.GitAsync(cancellationToken, "ls-remote", Slugs.Scripted.RemoteOf(app))).Output, Does.Not.Contain("refs/heads/main"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "logs", app)).Output, Does.Contain("no such thing"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_keep_cache_and_release_of_the_build_before(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo good >$CACHE_DIR/mark", cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("Released v1"));

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo bad >$CACHE_DIR/mark; exit 1" }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).ExitCode, Is.Not.Zero);

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo mark is $(cat $CACHE_DIR/mark)" }, cancellationToken);
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).Output, Does.Contain("mark is good").And.Contains("Released v2"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_show_every_buildpack_that_was_tried_when_none_knows_the_app(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(new Dictionary<string, string> { ["notes.txt"] = "no app\n" }, cancellationToken);
        var push = await folder.PushAsync(Slugs.Real, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG3001").And.Match("nodejs +exit 1 +.*package.json").And.Match("procfile +exit 1 +.*Procfile"));
    }

    [TestCase("echo hush >secret; chmod 000 secret", "secret' is a file that may not be read")]
    [TestCase("mkdir closed; chmod 311 closed", "closed' is a directory that may not be read")]
    [TestCase("mkdir closed; echo >closed/file; chmod 644 closed", "' is a directory in which nothing may be looked up")]
    [CancelAfter(60_000)]
    public async Task Should_name_what_the_slug_cannot_hold_as_nobody_may_read_it(string script, string words, CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync(script, cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG3161").And.Contains(words));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_name_a_Procfile_line_that_is_not_one(CancellationToken cancellationToken)
    {
        using var folder = await GitFolder.OfAsync(new Dictionary<string, string> { ["compile.sh"] = ":", ["Procfile"] = "web: ok\nnonsense\n" }, cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, Slugs.NewName(), cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG3151").And.Contains("nonsense"));
    }
}
