using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_buildpacks_are_asked
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_compile_with_the_first_that_knows_the_app()
    {
        scene.Buildpack("a", detect: "exit 1").Buildpack("b").Buildpack("c");

        await scene.RunAsync();

        Assert.That(((BuildOutcome.Succeeded)scene.Result!).Buildpacks.Select(buildpack => buildpack.Name), Is.EqualTo((string[])["b"]));
    }

    [Test]
    public async Task Should_keep_every_attempt_when_none_knows_the_app()
    {
        scene.Buildpack("a", detect: "echo seen; echo 'no package.json' >&2; exit 1").Buildpack("b", detect: "");

        Assert.That(await scene.RunAsync(), Is.EqualTo(20));
        var attempts = ((BuildOutcome.NotDetected)scene.Result!).Attempts;
        Assert.That(attempts.Select(attempt => $"{attempt.Buildpack} {attempt.ExitCode}"), Is.EqualTo((string[])["a 1", "b 127"]));
        Assert.That(attempts[0].LastLines, Is.EquivalentTo((string[])["seen", "no package.json"]));
    }

    [Test]
    public async Task Should_show_the_name_of_one_that_says_nothing()
    {
        scene.Buildpack("quiet", detect: "exit 0");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("-----> quiet app detected"));
    }

    [Test]
    public async Task Should_compile_with_all_that_were_chosen_in_their_order()
    {
        scene.Chosen = true;
        scene.Buildpack("b", compile: "echo b >> $1/order").Buildpack("a", compile: "echo a >> $1/order");

        await scene.RunAsync();

        Assert.That(scene.App("order"), Is.EqualTo("b\na\n"));
    }

    [Test]
    public async Task Should_not_compile_when_a_chosen_one_does_not_know_the_app()
    {
        scene.Chosen = true;
        scene.Buildpack("a").Buildpack("b", detect: "exit 2").Buildpack("c");

        Assert.That(await scene.RunAsync(), Is.EqualTo(20));
        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts.Select(attempt => attempt.ExitCode), Is.EqualTo((int[])[0, 2]));
    }

    [Test]
    public async Task Should_say_that_there_are_none()
    {
        await scene.RunAsync();

        Assert.That(((BuildOutcome.NotDetected)scene.Result!).Attempts, Is.Empty);
    }
}
