using Slug.Pushes;

namespace Slug.Tests.Pushes;

[CancelAfter(60_000)]
internal sealed class When_a_push_has_options : PushSituation
{
    [Test]
    public async Task Should_tell_them_to_the_build()
    {
        var push = await Client.PushAsync("-o", "buildpack=nodejs", "-o", "buildpack=https://example.org/b.git#$(id)'\"`id`", "main");

        Assert.That(push.ExitCode, Is.Zero, push.Error);
        Assert.That(Host.Builds.Seen.Single().Wishes.Buildpacks, Is.EqualTo((string[])["nodejs", "https://example.org/b.git#$(id)'\"`id`"]));
    }

    [Test]
    public async Task Should_refuse_one_that_nobody_knows()
    {
        var push = await Client.PushAsync("-o", "speed=1", "main");

        Assert.That(push.ExitCode, Is.Not.Zero);
        Assert.That(push.Error, Does.Contain("SLUG1301: 'speed=1'"));
        Assert.That(Host.Builds.Seen, Is.Empty);
    }

    [Test]
    public async Task Should_not_take_a_line_in_one_for_a_command()
    {
        using var raw = new RawPush(Host, Client);
        var head = await Client.HeadAsync();
        var objects = (await Client.GitAsync("rev-list", "--objects", "--no-object-names", "HEAD")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var answer = await raw.SendAsync(
            $"{ObjectId.Zero} {head} refs/heads/topic\0report-status push-options", $"buildpack=x\n{ObjectId.Zero} {head} refs/heads/main", objects);

        Assert.That(answer.Select(line => line.ToString()), Has.Some.EqualTo("ok refs/heads/topic\n"));
        Assert.That(Host.Builds.Seen, Is.Empty);
    }
}
