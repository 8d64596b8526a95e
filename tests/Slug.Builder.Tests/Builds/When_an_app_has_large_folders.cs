using Slug.Builder.Tests.Support;
using Slug.Content.Wire;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(60_000)]
internal sealed class When_an_app_has_large_folders
{
    private readonly BuildScene first = new();
    private readonly BuildScene second = new();

    [TearDown]
    public async Task Leave()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    [Test]
    public async Task Should_send_again_only_the_layer_of_what_changed()
    {
        const string Compile = "mkdir $1/node_modules && cd $1/node_modules && seq 100 | xargs touch";
        first.Source(("server.js", "1")).Buildpack("node", compile: Compile);
        second.Source(("server.js", "2")).Buildpack("node", compile: Compile);

        await first.RunAsync();
        second.After(first).Service.KnowsItsBlobs = true;
        await second.RunAsync();

        Assert.That(first.Lines, Has.Some.Match("^       Packing: 0 of 2 layers unchanged, .* (bytes|KB) new; [0-9]+ KB$"));
        Assert.That(second.Lines, Has.Some.Match("^       Packing: 1 of 2 layers unchanged, .* (bytes|KB) new; [0-9]+ KB$"));
        Assert.That(LayersOf(second)[0], Is.EqualTo(LayersOf(first)[0]));
        Assert.That(LayersOf(second)[1], Is.Not.EqualTo(LayersOf(first)[1]));
    }

    [Test]
    public async Task Should_tell_the_pusher_what_files_lose()
    {
        first.Buildpack("tools", compile: "cd $1 && touch tool a b c d e && chmod u+s *");

        await first.RunAsync();

        Assert.That(first.Lines, Has.One.EqualTo(
            " !     SLUG3172: the slug keeps no setuid bits and no extended attributes: 'README' (setuid), 'a' (setuid), 'b' (setuid), 'c' (setuid), 'd' (setuid) and 2 more; what needs them works otherwise when it runs"));
    }

    private static IReadOnlyList<LayerReference> LayersOf(BuildScene scene) => ((BuildOutcome.Succeeded)scene.Result!).Layers;
}
