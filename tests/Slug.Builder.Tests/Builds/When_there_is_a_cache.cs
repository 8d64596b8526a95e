using Slug.Builder.Tests.Support;
using Slug.Content.Compression;

namespace Slug.Builder.Tests.Builds;

[CancelAfter(30_000)]
internal sealed class When_there_is_a_cache
{
    private readonly BuildScene scene = new() { HasCache = true };

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public async Task Should_restore_it_before_compile()
    {
        scene.Service.Cache = await CompressAsync(TarBytes.Of(("./a/b", "warm")));
        scene.Buildpack("caches", compile: "cat $2/a/b");

        await scene.RunAsync();

        Assert.That(scene.Lines, Has.Some.EqualTo("warm"));
    }

    [Test]
    public async Task Should_warn_of_a_bad_one_and_go_on_without_it()
    {
        scene.Service.Cache = [1, 2, 3, 4];
        scene.Buildpack("caches", compile: "ls -A $2 | wc -l");

        Assert.That(await scene.RunAsync(), Is.Zero);
        Assert.That(scene.Lines, Has.Some.Contains("SLUG3131: build cache cannot be restored"));
        Assert.That(scene.Lines, Has.Some.EqualTo("0"));
    }

    [Test]
    public async Task Should_not_keep_an_empty_one()
    {
        scene.HasCache = false;
        scene.Buildpack("plain");

        await scene.RunAsync();

        Assert.That(scene.Service.KeptCache, Is.Null);
    }

    private static async Task<byte[]> CompressAsync(byte[] tar)
    {
        var bytes = new MemoryStream();
        await using (var compressed = new ZstdCompressStream(bytes, 1, 0))
            await compressed.WriteAsync(tar);
        return bytes.ToArray();
    }
}
