using System.Security.Cryptography;
using Slug.Downloads;

namespace Slug.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class When_a_build_would_poison_the_mirror
{
    private MirrorScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await MirrorScene.StartAsync();

    [TearDown]
    public async Task EndAsync() => await scene.DisposeAsync();

    [TestCase("/ms/-/ms-2.1.3.tgz?write=true")]
    [TestCase("/ms/-/ms-2.1.3.tgz#x")]
    [TestCase("/ms/-/../../evil/-/ms-2.1.3.tgz")]
    [TestCase("/ms/-/..%2f..%2fevil-1.0.0.tgz")]
    [TestCase("/evil/-/ms-2.1.3.tgz")]
    [TestCase("/@scope/ms/-/@scope-ms-2.1.3.tgz")]
    [TestCase("//127.0.0.1:1/ms/-/ms-2.1.3.tgz")]
    [TestCase("/ms/-/ms-latest.tgz")]
    [TestCase("/ms")]
    [TestCase("/-/npm/v1/security/advisories/bulk")]
    public async Task Should_never_fetch_what_is_not_an_archive_by_its_one_name(string target)
    {
        Assert.That(await scene.AskAsync("npm", target), Is.TypeOf<DownloadResult.Elsewhere>().With.Property("Url").Property("Authority").EqualTo(new Uri(scene.Registry.Url).Authority));
        Assert.That(scene.Registry.Requests, Is.Empty);
    }

    [TestCase("npm", "ms")]
    [TestCase("npm", "")]
    [TestCase("npm", "/ms\r\nSet-Cookie: x")]
    [TestCase("npm", "/m s")]
    [TestCase("npm", "http://elsewhere.example/ms/-/ms-2.1.3.tgz")]
    [TestCase("../npm", "/ms")]
    public async Task Should_not_even_be_sent_on_with_what_is_no_path(string registry, string target)
    {
        Assert.That(await scene.AskAsync(registry, target), Is.TypeOf<DownloadResult.Unknown>());
        Assert.That(scene.Registry.Requests, Is.Empty);
    }

    [Test]
    public async Task Should_be_sent_to_the_registry_itself_where_it_writes_or_shows_credentials()
    {
        var path = scene.Registry.Publish("ms", "2.1.3", RandomNumberGenerator.GetBytes(100));

        Assert.That(await scene.AskAsync("npm", path, reads: false), Is.TypeOf<DownloadResult.Elsewhere>());
        Assert.That(scene.Registry.Requests, Is.Empty);
        Assert.That(scene.Kept, Is.Empty);
    }

    [Test]
    public async Task Should_not_get_one_packages_archive_under_anothers_name()
    {
        var path = scene.Registry.Publish("ms", "2.1.3", RandomNumberGenerator.GetBytes(100));
        scene.Registry.Files["/evil/2.1.3"] = scene.Registry.Files["/ms/2.1.3"];
        scene.Registry.Files["/evil/-/evil-2.1.3.tgz"] = scene.Registry.Files[path];

        Assert.That(await scene.AskAsync("npm", "/evil/-/evil-2.1.3.tgz"), Is.TypeOf<DownloadResult.Elsewhere>());
        Assert.That(scene.Kept, Is.Empty);
    }
}
