using System.Security.Cryptography;
using Slug.Downloads;
using Slug.Hosting;

namespace Slug.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class When_the_mirror_is_full
{
    private MirrorScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await MirrorScene.StartAsync(limit: 8_000);

    [TearDown]
    public async Task EndAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_drop_what_was_not_used_for_longest()
    {
        var paths = Enumerable.Range(0, 8).Select(number => scene.Registry.Publish($"p{number}", "1.0.0", RandomNumberGenerator.GetBytes(1_000))).ToList();
        foreach (var path in paths)
            await scene.FetchAsync("npm", path);
        // Used again: now the second and the third are the oldest.
        await scene.FetchAsync("npm", paths[0]);

        await scene.FetchAsync("npm", scene.Registry.Publish("one-more", "1.0.0", RandomNumberGenerator.GetBytes(1_000)));

        Assert.That(scene.Kept.Sum(file => file.Length), Is.EqualTo(7_000));
        await scene.FetchAsync("npm", paths[0]);
        Assert.That(scene.Registry.Asked(paths[0]), Is.EqualTo(1));
        await scene.FetchAsync("npm", paths[1]);
        Assert.That(scene.Registry.Asked(paths[1]), Is.EqualTo(2));
    }

    [Test]
    public async Task Should_keep_no_archive_that_takes_more_than_an_eighth()
    {
        var path = scene.Registry.Publish("large", "1.0.0", RandomNumberGenerator.GetBytes(1_001));

        Assert.That(await scene.AskAsync("npm", path), Is.TypeOf<DownloadResult.Elsewhere>());
        Assert.That(scene.Kept, Is.Empty);
    }

    [Test]
    public async Task Should_say_what_a_smaller_limit_takes_and_take_it()
    {
        await scene.FetchAsync("npm", scene.Registry.Publish("ms", "1.0.0", RandomNumberGenerator.GetBytes(1_000)));
        scene.Options.Limit = 0;

        Assert.That(scene.Store.Trim(rehearse: true), Is.EqualTo(new Swept("downloads", 1, 1_000)));
        Assert.That(scene.Kept, Has.Count.EqualTo(1));
        Assert.That(scene.Store.Trim(rehearse: false), Is.EqualTo(new Swept("downloads", 1, 1_000)));
        Assert.That(scene.Kept, Is.Empty);
        Assert.That(await scene.AskAsync("npm", "/ms/-/ms-1.0.0.tgz"), Is.TypeOf<DownloadResult.Unknown>());
    }

    [Test]
    public async Task Should_leave_nothing_of_what_a_crash_cut_off()
    {
        await File.WriteAllTextAsync(Path.Combine(scene.Folder, "x.new"), "half");

        scene.Store.Sweep();

        Assert.That(scene.Kept, Is.Empty);
    }
}
