namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_two_pushes_meet : PushSituation
{
    [Test]
    public async Task The_second_is_told_that_it_waits_and_then_that_the_branch_moved()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        using var other = await GitClient.CreateAsync(Host);
        await other.CommitAsync("other", "other\n");
        await using var first = new RunningPush(Client, "main");
        await build.Started;
        await using var second = new RunningPush(other, "main");

        await second.ShowsAsync("Waiting for another push to 'sample'");
        build.Release();

        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
        var refused = await second.EndAsync();
        Assert.That(refused.ExitCode, Is.EqualTo(1));
        Assert.That(refused.Error, Does.Contain("SLUG1017: 'refs/heads/main' moved"));
        Assert.That(Host.Builds.Seen, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task The_same_commit_twice_ends_well_for_both_and_builds_once()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var first = new RunningPush(Client, "main");
        await build.Started;
        await using var second = new RunningPush(Client, "main");

        await second.ShowsAsync("Waiting");
        build.Release();

        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
        var joined = await second.EndAsync();
        Assert.That(joined.ExitCode, Is.Zero, joined.Error);
        Assert.That(joined.Error, Does.Contain("another push brought it").And.Contain("main -> main"));
        Assert.That(Host.Builds.Seen, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_push_that_joins_a_build_which_fails_is_rejected_with_its_lines_and_builds_nothing()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var first = new RunningPush(Client, "main");
        var under = await build.Started;
        Host.Builds.Join = (push, _) => push.IsSameAs(under) ? FakeBuilds.Reject(" !     as the first was told") : null;

        await using var second = new RunningPush(Client, "main");
        var joined = await second.EndAsync();
        build.Release();

        Assert.That(joined.ExitCode, Is.EqualTo(1));
        Assert.That(joined.Error, Does.Contain("this one joins it").And.Contain("as the first was told").And.Not.Contain("Waiting"));
        Assert.That(Host.Builds.Seen, Has.Count.EqualTo(1));
        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task A_push_with_other_options_is_another_push()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var first = new RunningPush(Client, "main");
        var under = await build.Started;
        build.Release();
        Assert.That(under.IsSameAs(under with { Id = Guid.NewGuid() }), Is.True);
        Assert.That(under.IsSameAs(under with { Options = ["no-cache"] }), Is.False);
    }

    [Test]
    public async Task The_third_is_told_its_place_and_that_it_moved_up()
    {
        var build = new HeldBuild();
        Host.Builds.Answer = build.AnswerAsync;
        await using var first = new RunningPush(Client, "main");
        await build.Started;
        await using var second = new RunningPush(Client, "main:b");
        await second.ShowsAsync("Waiting for another push");
        await using var third = new RunningPush(Client, "main:c");

        await third.ShowsAsync("Waiting for 2 other pushes");
        build.Release();

        Assert.That((await second.EndAsync()).ExitCode, Is.Zero);
        Assert.That((await third.EndAsync()).ExitCode, Is.Zero);
        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
    }

    [Test]
    public async Task Pushes_to_two_apps_do_not_wait_for_each_other()
    {
        var builds = new[] { new HeldBuild(), new HeldBuild() };
        Host.Builds.Answer = (push, cancellationToken) => builds[push.App.Name.ToString() == "sample" ? 0 : 1].AnswerAsync(push, cancellationToken);
        using var other = await GitClient.CreateAsync(Host, "another");
        await using var first = new RunningPush(Client, "main");
        await using var second = new RunningPush(other, "main");

        await Task.WhenAll(builds.Select(build => build.Started));
        builds[1].Release();

        Assert.That((await second.EndAsync()).ExitCode, Is.Zero);
        builds[0].Release();
        Assert.That((await first.EndAsync()).ExitCode, Is.Zero);
    }
}
