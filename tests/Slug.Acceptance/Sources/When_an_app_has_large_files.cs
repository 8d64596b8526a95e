namespace Slug.Acceptance.Sources;

/// <summary>The sample, with the real git-lfs.</summary>
[Parallelizable]
public class When_an_app_has_large_files
{
    private static readonly string large = string.Join('\n', Enumerable.Range(0, 3_000_000));

    private GitFolder folder = null!;

    [SetUp, CancelAfter(60_000)]
    public async Task CommitAsync()
    {
        using var patience = Slugs.Patience();
        folder = await GitFolder.OfSampleAsync("lfs-hello", patience.Token);
        var install = await folder.GitAsync(patience.Token, "lfs", "install", "--local");
        Assert.That(install.ExitCode, Is.Zero, $"install git-lfs: apt-get install git-lfs\n{install.Output}");
        await folder.CommitAsync(new Dictionary<string, string> { ["public/large.dat"] = large }, patience.Token);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test, CancelAfter(120_000)]
    public async Task Should_serve_what_git_lfs_brought_and_give_it_back_to_a_clone(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();
        Assert.That((await folder.GitAsync(cancellationToken, "show", "HEAD:public/large.dat")).Output, Does.StartWith("version https://git-lfs"));

        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken);

        Assert.That(push.Output, Does.Contain("Released v1"));
        await using var running = RunningApp.Start(Slugs.Real, app);
        Assert.That(await running.AnswerAsync("/", cancellationToken), Does.Contain("Hello beside a large file"));
        Assert.That(await running.AnswerAsync("/large.dat", cancellationToken) == large, "the app serves the file itself");
        await running.StopAsync(cancellationToken);
        Assert.That((await Slugs.Real.SlugAsync(cancellationToken, "verify", app)).Output, Does.Contain("Identical: sha256:"));

        var clone = Path.Combine(folder.Path, "clone");
        await folder.GitAsync(cancellationToken, "-c", "filter.lfs.smudge=git-lfs smudge -- %f", "-c", "filter.lfs.required=true", "clone", "--quiet", Slugs.Real.RemoteOf(app), clone);
        Assert.That(await File.ReadAllTextAsync(Path.Combine(clone, "public", "large.dat"), cancellationToken) == large, "a clone gets the file itself");
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_name_a_file_that_was_not_brought_and_build_once_it_is(CancellationToken cancellationToken)
    {
        var app = Slugs.NewName();

        var push = await folder.PushAsync(Slugs.Real, app, cancellationToken, "--no-verify", "main");
        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Output, Does.Contain("SLUG2320").And.Contains("'public/large.dat'").And.Contains("git lfs push --all"));

        Assert.That((await folder.GitAsync(cancellationToken, "lfs", "push", "--all", Slugs.Real.RemoteOf(app))).ExitCode, Is.Zero);
        Assert.That((await folder.PushAsync(Slugs.Real, app, cancellationToken, "--no-verify", "main")).Output, Does.Contain("Released v1"));
    }

    [Test, CancelAfter(60_000)]
    public async Task Should_refuse_a_lock_in_words(CancellationToken cancellationToken)
    {
        await folder.GitAsync(cancellationToken, "remote", "add", "origin", Slugs.Real.RemoteOf(Slugs.NewName()));
        var locked = await folder.GitAsync(cancellationToken, "lfs", "lock", "public/large.dat");
        Assert.That(locked.ExitCode, Is.Not.Zero);
        Assert.That(locked.Output, Does.Contain("SLUG1316").Or.Contains("501"));
    }
}
