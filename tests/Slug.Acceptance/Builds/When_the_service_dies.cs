namespace Slug.Acceptance.Builds;

[Parallelizable]
public class When_the_service_dies
{
    [Test, CancelAfter(120_000)]
    public async Task Should_mark_the_build_failed_and_remove_its_container_at_the_next_start(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var folder = await Slugs.AppThatAsync("echo under way; sleep 300", cancellationToken);
        await using var push = folder.StartGit("push", slug.RemoteOf("dying"), "main");
        await push.SaysAsync("under way", cancellationToken);

        await slug.KillAsync(cancellationToken);
        Assert.That((await push.EndAsync(cancellationToken)).ExitCode, Is.Not.Zero);
        await slug.ServeAsync(cancellationToken);

        var builds = await slug.SlugAsync(cancellationToken, "builds", "dying", "--json");
        Assert.That(builds.Output, Does.Contain("\"failed\"").And.Contains("SLUG3009"));
        await Docker.EventuallyHasAsync(slug.Label, containers: 1, cancellationToken);

        await folder.CommitAsync(new Dictionary<string, string> { ["compile.sh"] = "echo quick" }, cancellationToken);
        Assert.That((await folder.PushAsync(slug, "dying", cancellationToken)).Output, Does.Contain("Released v1"));
    }

    [Test, CancelAfter(180_000)]
    public async Task Should_have_kept_every_push_that_was_acknowledged(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        for (var round = 1; round <= 3; round++)
        {
            await folder.CommitAsync(new Dictionary<string, string> { ["round"] = $"{round}" }, cancellationToken);
            Assert.That((await folder.PushAsync(slug, "kept", cancellationToken)).ExitCode, Is.Zero);
            await slug.KillAsync(cancellationToken);
            await slug.ServeAsync(cancellationToken);

            var head = (await folder.GitAsync(cancellationToken, "rev-parse", "HEAD")).Output.Trim();
            Assert.That((await folder.GitAsync(cancellationToken, "ls-remote", slug.RemoteOf("kept"), "refs/heads/main")).Output, Does.StartWith(head));
            Assert.That((await slug.SlugAsync(cancellationToken, "releases", "kept", "--json")).Output, Does.Contain(head).And.Contains($"\"version\":{round}").IgnoreCase.Or.Contains($"\"version\": {round}"));
        }

        await using var fsck = RunningProgram.Start("git", ["--git-dir", Directory.GetDirectories(Path.Combine(slug.Data, "repos"))[0], "fsck", "--full", "--strict"]);
        Assert.That((await fsck.EndAsync(cancellationToken)).ExitCode, Is.Zero);
    }

    [Test, CancelAfter(120_000)]
    public async Task Should_take_the_same_push_again_when_it_died_in_the_middle_of_one(CancellationToken cancellationToken)
    {
        await using var slug = await Installation.StartAsync(["--buildpacks", Slugs.ScriptBuildpacks], cancellationToken);
        using var folder = await Slugs.AppThatAsync("true", cancellationToken);
        await folder.GitAsync(cancellationToken, "config", "http.postBuffer", "65536");
        await using (var noise = RunningProgram.Start("dd", ["if=/dev/urandom", $"of={folder.Path}/noise", "bs=1M", "count=64", "status=none"]))
            await noise.EndAsync(cancellationToken);
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);

        await using var push = folder.StartGit("push", "--progress", slug.RemoteOf("halfway"), "main");
        var repositories = Path.Combine(slug.Data, "repos");
        await Eventually.TrueAsync(
            () => Directory.EnumerateFileSystemEntries(repositories, "tmp_objdir-incoming-*", SearchOption.AllDirectories).Any(), cancellationToken);
        await slug.KillAsync(cancellationToken);
        Assert.That((await push.EndAsync(cancellationToken)).ExitCode, Is.Not.Zero);

        await slug.ServeAsync(cancellationToken);
        Assert.That(Directory.EnumerateFileSystemEntries(repositories, "tmp_objdir-incoming-*", SearchOption.AllDirectories), Is.Empty);
        Assert.That((await folder.PushAsync(slug, "halfway", cancellationToken)).Output, Does.Contain("Released v1"));
    }
}
