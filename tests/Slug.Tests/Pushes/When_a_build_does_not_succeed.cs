using Microsoft.Extensions.DependencyInjection;
using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_a_build_does_not_succeed : PushSituation
{
    private RejectedPushes Rejected => Host.Services.GetRequiredService<RejectedPushes>();

    [Test]
    public async Task Should_keep_what_was_pushed_beside_the_repository_and_make_it_part_of_it_once_it_is_accepted(CancellationToken cancellationToken)
    {
        await Client.PushAsync("main");
        Host.Builds.Answer = (push, _) => Reject(push);
        var commit = ObjectId.Parse(await Client.CommitAsync("more", "more\n"));
        Assert.That((await Client.PushAsync("main")).ExitCode, Is.Not.Zero);
        var repository = await Host.RepositoryAsync("sample");
        Assert.That((await InRepositoryAsync("cat-file", "-e", $"{commit}")).Succeeded, Is.False);

        var kept = (await Rejected.FindAsync(repository, commit, cancellationToken))!;
        Assert.That(Directory.GetFiles(kept.Directory, "*.keep", SearchOption.AllDirectories), Is.Empty);
        var push = Host.Builds.Seen.Last() with { Quarantine = kept };
        RejectedPushes.Keep(push);
        Assert.That(await Rejected.FindAsync(repository, commit, cancellationToken), Is.EqualTo(kept), "it stays where it is");

        await Host.Services.GetRequiredService<PushCompletion>().KeepAsync(push, cancellationToken);
        Assert.That((await InRepositoryAsync("rev-parse", $"refs/slug/builds/{push.Id}")).Output.Trim(), Is.EqualTo($"{commit}"));
        Assert.That((await InRepositoryAsync("fsck", "--strict")).Succeeded, Is.True);
    }

    [Test]
    public async Task Should_keep_the_last_ones_alone(CancellationToken cancellationToken)
    {
        Host.Builds.Answer = (push, _) => Reject(push);
        var commits = new List<ObjectId> { ObjectId.Parse(await Client.HeadAsync()) };
        await Client.PushAsync("main");
        for (var more = 0; more < RejectedPushes.Most; more++)
        {
            commits.Add(ObjectId.Parse(await Client.CommitAsync($"more{more}", "more\n")));
            await Client.PushAsync("main");
        }

        var repository = await Host.RepositoryAsync("sample");
        Assert.That(Quarantine.Aside(repository), Has.Count.EqualTo(RejectedPushes.Most));
        Assert.That(await Rejected.FindAsync(repository, commits[^1], cancellationToken), Is.Not.Null);
        // Each push brings all that the repository lacks: the first commit is in those that are left.
        Assert.That(await Rejected.FindAsync(repository, commits[0], cancellationToken), Is.Not.Null);
        Assert.That(await Rejected.FindAsync(repository, ObjectId.Parse(new string('0', 39) + '1'), cancellationToken), Is.Null);
    }

    private static IAsyncEnumerable<PushReply> Reject(Push push)
    {
        RejectedPushes.Keep(push);
        return FakeBuilds.Reject(" !     SLUG3002: the app does not compile");
    }
}
