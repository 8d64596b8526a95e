using System.Security.Cryptography;
using Slug.Content;
using Slug.Downloads;

namespace Slug.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class When_apt_asks_for_a_package
{
    private const string Package = "debian/pool/main/h/hello/hello_2.10-3_amd64.deb";

    private static readonly byte[] archive = RandomNumberGenerator.GetBytes(10_000);
    private static readonly byte[] other = RandomNumberGenerator.GetBytes(10_000);

    private MirrorScene scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await MirrorScene.StartAsync();
        scene.Registry.Files["/" + Package] = archive;
    }

    [TearDown]
    public async Task EndAsync() => await scene.DisposeAsync();

    [TestCase(Package)]
    [TestCase("debian/pool/main/g/gcc-12/libstdc%2b%2b6_12.2.0-14%2bdeb12u1_amd64.deb")]
    [TestCase("debian/pool/main/libs/libsigc%2b%2b-2.0/libsigc%2b%2b-2.0-0v5_2.12.0-1_amd64.deb")]
    [TestCase("debian/pool/updates/main/p/php/php8.2_8.2.1%7edeb12u1_all.deb")]
    public async Task Should_ask_the_archive_once_for_all_builds(string path)
    {
        scene.Registry.Files["/" + Uri.UnescapeDataString(path)] = archive;

        Assert.That(await FetchAsync(archive, path), Is.EqualTo(archive));
        Assert.That(await FetchAsync(archive, path), Is.EqualTo(archive));

        Assert.That(scene.Registry.Requests, Has.Count.EqualTo(1));
        Assert.That(scene.Kept.Single().Name, Does.EndWith("." + Digest.Of(archive).Hex));
    }

    [Test]
    public async Task Should_get_the_bytes_of_its_index_also_where_the_archive_has_replaced_them()
    {
        await FetchAsync(archive);
        scene.Registry.Files["/" + Package] = other;

        Assert.That(await FetchAsync(other), Is.EqualTo(other));
        Assert.That(await FetchAsync(archive), Is.EqualTo(archive));
    }

    [Test]
    public async Task Should_neither_get_nor_leave_other_bytes()
    {
        scene.Registry.Files["/" + Package] = other;

        Assert.That(await AskAsync(archive), Is.TypeOf<DownloadResult.Refused>().With.Property("Message").StartsWith("SLUG7480"));
        Assert.That(scene.Kept, Is.Empty);
    }

    [Test]
    public async Task Should_not_suffer_from_a_build_that_names_another_hash_at_the_same_time()
    {
        var gate = new TaskCompletionSource();
        scene.Registry.Gate = gate.Task;

        var wrong = AskAsync(other);
        var right = FetchAsync(archive);
        gate.SetResult();

        Assert.That(await right, Is.EqualTo(archive));
        Assert.That(await wrong, Is.TypeOf<DownloadResult.Refused>());
        Assert.That(scene.Kept, Has.Count.EqualTo(1));
    }

    [TestCase("{archive}newer/pool/main/h/hello/hello_2.10-3_amd64.deb", TestName = "Should_get_nothing_of_an_archive_that_no_stack_is_made_from")]
    [TestCase("http://127.0.0.1:1/debian/pool/main/h/hello/hello_2.10-3_amd64.deb")]
    [TestCase("{archive}debian/../newer/pool/main/h/hello/hello_2.10-3_amd64.deb")]
    [TestCase("{archive}debian/pool/../../private/hello_2.10-3_amd64.deb")]
    [TestCase("{archive}debian/pool/main/%2e%2e/hello_2.10-3_amd64.deb")]
    [TestCase("{archive}debian/pool/main/h/hello/hello_2.10-3_amd64.deb?x")]
    [TestCase("{archive}debian/pool/main/h/hello/hello_2.10-3_amd64.deb#x")]
    [TestCase("{archive}debian/pool/main/h/hello/hello_2.10-3.dsc")]
    [TestCase("{archive}debian/dists/bookworm/InRelease")]
    [TestCase("file:///etc/passwd")]
    [TestCase("")]
    public async Task Should_get_nothing_but_packages_of_the_stacks_archives(string url)
    {
        Assert.That(await scene.AskAsync("apt", $"/{Digest.Of(archive).Hex}/{url.Replace("{archive}", scene.Registry.Url, StringComparison.Ordinal)}"), Is.TypeOf<DownloadResult.Unknown>());
        Assert.That(scene.Registry.Requests, Is.Empty);
    }

    [TestCase("/")]
    [TestCase("//")]
    [TestCase("/sha256/")]
    public async Task Should_get_nothing_without_a_hash(string before)
    {
        Assert.That(await scene.AskAsync("apt", $"{before}{scene.Registry.Url}{Package}"), Is.TypeOf<DownloadResult.Unknown>());
        Assert.That(scene.Registry.Requests, Is.Empty);
    }

    [Test]
    public async Task Should_be_sent_to_an_archive_that_is_down_or_lacks_it()
    {
        var (url, target) = (new Uri(scene.Registry.Url + Package), TargetOf(archive, Package));
        scene.Registry.Files.Clear();
        Assert.That(await scene.AskAsync("apt", target), Is.EqualTo(new DownloadResult.Elsewhere(url)));

        await scene.Registry.DisposeAsync();
        Assert.That(await scene.AskAsync("apt", target), Is.EqualTo(new DownloadResult.Elsewhere(url)));
        Assert.That(scene.Kept, Is.Empty);
    }

    private Task<DownloadResult> AskAsync(byte[] bytes) => scene.AskAsync("apt", TargetOf(bytes, Package));

    private Task<byte[]?> FetchAsync(byte[] bytes, string path = Package) => scene.FetchAsync("apt", TargetOf(bytes, path));

    private string TargetOf(byte[] bytes, string path) => $"/{Digest.Of(bytes).Hex}/{scene.Registry.Url}{path}";
}
