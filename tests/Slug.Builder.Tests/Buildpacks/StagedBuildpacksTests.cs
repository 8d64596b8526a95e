using Slug.Builder.Buildpacks;
using Slug.Builder.Protocol;
using Slug.Builder.Tests.Support;

namespace Slug.Builder.Tests.Buildpacks;

[CancelAfter(60_000)]
internal sealed class StagedBuildpacksTests
{
    private readonly BuildScene scene = new();

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task What_was_brought_before_is_not_asked_for_again(CancellationToken cancellationToken)
    {
        scene.Buildpack("early", compile: "echo compiled by $(basename $PWD)");
        await FillAsync(cancellationToken);

        Assert.That(await scene.RunAsync(cancellationToken), Is.Zero);
        Assert.That(scene.Lines, Has.Some.EqualTo("compiled by early"));
        Assert.That(scene.Service.Calls.Where(call => call.StartsWith("GET buildpacks/", StringComparison.Ordinal)).ToList(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task What_is_not_what_it_is_called_is_not_taken(CancellationToken cancellationToken)
    {
        scene.Buildpack("forged");
        var digest = scene.Service.Buildpacks.Keys.Single();
        var genuine = scene.Service.Buildpacks[digest];
        scene.Service.Buildpacks[digest] = TarBytes.Of(("bin/detect", "another"));
        await FillAsync(cancellationToken);
        scene.Service.Buildpacks[digest] = genuine;

        Assert.That(await scene.RunAsync(cancellationToken), Is.Zero);
    }

    private async Task FillAsync(CancellationToken cancellationToken)
    {
        await scene.Service.StartAsync();
        using var http = ServiceConnection.Open(scene.Service.Socket, ServiceDouble.Token);
        await new StagedBuildpacks(scene.Paths, new(http, "")).FillAsync(cancellationToken);
    }
}
