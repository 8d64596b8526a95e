namespace Slug.Acceptance.Pushes;

[Parallelizable]
public class When_pushing_a_branch
{
    [Test, CancelAfter(60_000)]
    public async Task Should_store_one_that_is_not_deployed_and_say_so(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken, "main:feature");
        Assert.That(push.ExitCode, Is.Zero);
        Assert.That(push.Output, Does.Contain("feature").And.Contains("main"));
        Assert.That((await Slugs.Scripted.SlugAsync(cancellationToken, "releases", app, "--json")).Output.Trim(), Is.EqualTo("[]"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_build_what_is_forced_and_give_it_back_to_a_clone(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        await folder.GitAsync(cancellationToken, "commit", "--quiet", "--amend", "--message=other history");
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken)).ExitCode, Is.Not.Zero, "git itself refuses what is no fast-forward");
        Assert.That((await folder.PushAsync(Slugs.Scripted, app, cancellationToken, "--force", "main")).Output, Does.Contain("Released v2"));

        await folder.GitAsync(cancellationToken, "clone", "--quiet", Slugs.Scripted.RemoteOf(app), "copy");
        Assert.That(await File.ReadAllTextAsync(Path.Combine(folder.Path, "copy", "compile.sh"), cancellationToken), Is.EqualTo("true"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_answer_a_known_tree_without_a_build(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        using var folder = await Slugs.AppThatAsync("echo compiling now", cancellationToken);
        await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        var push = await folder.PushAsync(Slugs.Scripted, app, cancellationToken);
        Assert.That(push.Output, Does.Match("Droplet sha256:[0-9a-f]{64} is current").And.Contains("Released v2"));
        Assert.That(push.Output, Does.Not.Contain("compiling now"));
    }
}
