using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_the_source_has_a_slugignore
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_prune_before_detect()
    {
        scene.Source((".slugignore", "*.psd\n!keep\n"), ("a.psd", ""), ("b/c.psd", ""), ("d", ""))
            .Buildpack("looks", detect: "echo $(cd $1 && find . -type f | sort)");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("-----> ./.slugignore ./d app detected"));
        Assert.That(scene.Lines, Has.Some.EqualTo("-----> Left out by .slugignore: 2 entries"));
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3113: .slugignore line 2"));
    }

    [Test]
    public async Task Should_never_show_git_to_the_build()
    {
        scene.Source((".git/config", "x"), ("a", "")).Buildpack("looks", detect: "[ ! -e $1/.git ]");

        Assert.That(await scene.RunAsync(), Is.Zero);
    }
}
