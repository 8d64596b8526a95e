using System.Security.Cryptography;
using Slug.Downloads;

namespace Slug.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class When_npm_asks_for_an_archive
{
    private static readonly byte[] archive = RandomNumberGenerator.GetBytes(10_000);

    private MirrorScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await MirrorScene.StartAsync();

    [TearDown]
    public async Task EndAsync() => await scene.DisposeAsync();

    [TestCase("ms")]
    [TestCase("@types/node")]
    [TestCase("JSONStream")]
    public async Task Should_ask_the_registry_once_for_all_builds(string name)
    {
        var path = scene.Registry.Publish(name, "2.1.3-rc.1", archive);

        Assert.That(await scene.FetchAsync("npm", path), Is.EqualTo(archive));
        Assert.That(await scene.FetchAsync("npm", path), Is.EqualTo(archive));

        Assert.That(scene.Registry.Asked(path), Is.EqualTo(1));
        Assert.That(scene.Kept.Single().Name, Does.EndWith("." + Content.Digest.Of(archive).Hex));
    }

    [Test]
    public async Task Should_share_one_fetch_with_all_who_ask_meanwhile()
    {
        var path = scene.Registry.Publish("ms", "2.1.3", archive);
        var gate = new TaskCompletionSource();
        scene.Registry.Gate = gate.Task;

        var asking = Enumerable.Range(0, 10).Select(_ => scene.FetchAsync("npm", path)).ToList();
        gate.SetResult();

        Assert.That(await Task.WhenAll(asking), Is.All.EqualTo(archive));
        Assert.That(scene.Registry.Asked(path), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_refuse_bytes_that_are_not_what_the_index_promises()
    {
        var path = scene.Registry.Publish("ms", "2.1.3", archive);
        scene.Registry.Files[path] = RandomNumberGenerator.GetBytes(10_000);

        Assert.That(await scene.AskAsync("npm", path), Is.TypeOf<DownloadResult.Refused>().With.Property("Message").StartsWith("SLUG7480"));
        Assert.That(scene.Kept, Is.Empty);

        scene.Registry.Files[path] = archive;
        Assert.That(await scene.FetchAsync("npm", path), Is.EqualTo(archive));
    }

    [TestCase("sha1-AAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [TestCase("sha512-AAAA")]
    [TestCase("")]
    public async Task Should_send_a_build_to_the_registry_where_it_promises_too_little(string integrity)
    {
        var path = scene.Registry.Publish("ms", "2.1.3", archive, integrity);

        Assert.That(await scene.AskAsync("npm", path), Is.EqualTo(new DownloadResult.Elsewhere(new(scene.Registry.Url + path[1..]))));
        Assert.That(scene.Kept, Is.Empty);
    }

    [Test]
    public async Task Should_send_a_build_to_the_registry_with_what_is_missing_there()
    {
        const string path = "/ms/-/ms-9.9.9.tgz";

        Assert.That(await scene.AskAsync("npm", path), Is.EqualTo(new DownloadResult.Elsewhere(new(scene.Registry.Url + path[1..]))));
    }

    [Test]
    public async Task Should_send_a_build_to_a_registry_that_is_down_or_too_slow()
    {
        scene.Options.Timeout = TimeSpan.FromMilliseconds(50);
        scene.Registry.Gate = new TaskCompletionSource().Task;
        var path = scene.Registry.Publish("ms", "2.1.3", archive);
        Assert.That(await scene.AskAsync("npm", path), Is.TypeOf<DownloadResult.Elsewhere>());

        scene.Registry.Gate = Task.CompletedTask;
        var url = scene.Registry.Url;
        await scene.Registry.DisposeAsync();
        Assert.That(await scene.AskAsync("npm", path), Is.EqualTo(new DownloadResult.Elsewhere(new(url + path[1..]))));
    }

    [Test]
    public async Task Should_fetch_again_what_was_damaged_on_disk()
    {
        var path = scene.Registry.Publish("ms", "2.1.3", archive);
        await scene.FetchAsync("npm", path);
        await File.WriteAllBytesAsync(scene.Kept.Single().FullName, new byte[10_000]);

        Assert.That(await scene.FetchAsync("npm", path), Is.EqualTo(archive));
        Assert.That(scene.Registry.Asked(path), Is.EqualTo(2));
        Assert.That(scene.Kept, Has.Count.EqualTo(1));
    }
}
