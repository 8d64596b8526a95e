namespace Slug.Acceptance.Pushes;

[Parallelizable]
public class When_a_push_is_refused
{
    [Test, CancelAfter(60_000)]
    public async Task Should_ask_for_a_token_and_take_no_other(CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        var wrong = Slugs.Scripted.RemoteOf("locked").Replace(Slugs.Scripted.Token, "slg_wrong", StringComparison.Ordinal);
        var push = await folder.GitAsync(cancellationToken, "push", wrong, "main");
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("Authentication failed"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "apps")).Output, Does.Not.Contain("locked"));
    }

    [TestCase("Upper")]
    [TestCase("under_score")]
    [TestCase("x")]
    [TestCase("slug")]
    [CancelAfter(60_000)]
    public async Task Should_say_what_a_name_may_be(string name, CancellationToken cancellationToken)
    {
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, name, cancellationToken);
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG1").And.Contains(name).And.Contains("lower-case letters"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_keep_the_deploy_branch_and_name_the_way_to_remove_an_app(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken, ":main");
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("apps destroy"));
        Assert.That((await folder.GitAsync(cancellationToken, "ls-remote", Slugs.Scripted.RemoteOf(app))).Output, Does.Contain("refs/heads/main"));
    }
}
