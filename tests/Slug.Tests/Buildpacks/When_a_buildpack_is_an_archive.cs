using System.Formats.Tar;
using System.IO.Compression;
using Slug.Buildpacks;
using Slug.Remotes;

namespace Slug.Tests.Buildpacks;

[CancelAfter(60_000)]
internal sealed class When_a_buildpack_is_an_archive
{
    private static readonly Dictionary<string, string> programs = BuildpackHost.Programs("echo One", "echo one");

    private PinningScene scene = null!;

    private BuildpackHost Host => scene.Host;

    [SetUp]
    public async Task StartAsync() => scene = await PinningScene.StartAsync();

    [TearDown]
    public async Task Leave()
    {
        Assert.That(scene.Rests(), Is.Empty);
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_be_fetched_once_while_it_is_what_it_was()
    {
        var address = Host.Archive("b.tgz", programs);

        var pinned = await scene.PinAsync(address);

        Assert.That(scene.FilesOf(pinned)["./bin/detect"], Does.Contain("echo One"));
        Assert.That(await scene.PinAsync(address), Is.EqualTo(pinned));
    }

    [Test]
    public async Task Should_be_fetched_again_when_it_has_changed()
    {
        var address = Host.Archive("b.tgz", programs);
        var pinned = await scene.PinAsync(address);
        Host.Archive("b.tgz", BuildpackHost.Programs("echo Two", "echo two"));

        Assert.That((await scene.PinAsync(address)).Digest, Is.Not.EqualTo(pinned.Digest));
    }

    [Test]
    public async Task Should_be_taken_out_of_the_folder_that_git_hosts_put_around_it() =>
        Assert.That(scene.FilesOf(await scene.PinAsync(Host.Archive("b.tar.gz", programs, below: "buildpack-1a2b3c4/"))), Contains.Key("./bin/detect"));

    [Test]
    public async Task Should_be_followed_where_the_host_says_it_moved() =>
        Assert.That(await scene.PinAsync(Host.Archive("b.tgz", programs).Replace("/files/", "/moved/files/", StringComparison.Ordinal)), Is.Not.Null);

    [Test]
    public void Should_be_told_when_it_is_not_there()
    {
        Assert.That(() => scene.PinAsync($"{Host.Url}/files/none.tgz"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2215").And.Message.Contains("404"));
        Assert.That(Host.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Should_be_tried_again_when_the_host_stumbles()
    {
        Host.Failures = 2;

        await scene.PinAsync(Host.Archive("b.tgz", programs));

        Assert.That(scene.Said, Has.Exactly(2).Contains("SLUG2215"));
    }

    [Test]
    public void Should_be_refused_when_it_is_too_large_as_it_comes()
    {
        Host.Files["b.tgz"] = new byte[1_000_001];

        Assert.That(() => scene.PinAsync($"{Host.Url}/files/b.tgz"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2217"));
    }

    [Test]
    public void Should_be_refused_when_it_is_too_large_unpacked()
    {
        var address = Host.Archive("b.tgz", new Dictionary<string, string>(programs) { ["bomb"] = new('0', 2_000_000) });
        Assert.That(Host.Files["b.tgz"], Has.Length.LessThan(100_000));

        Assert.That(() => scene.PinAsync(address), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2217"));
    }

    [Test]
    public void Should_be_refused_when_it_is_none()
    {
        Host.Files["b.tgz"] = "<html>Sign in</html>"u8.ToArray();

        Assert.That(() => scene.PinAsync($"{Host.Url}/files/b.tgz"), Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2219"));
    }

    [Test]
    public void Should_be_refused_when_it_holds_no_buildpack() =>
        Assert.That(() => scene.PinAsync(Host.Archive("b.tgz", new Dictionary<string, string> { ["README"] = "x" })), Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2220"));

    [TestCase("../outside")]
    [TestCase("/etc/outside")]
    public void Should_be_refused_when_it_reaches_outside(string path) =>
        Assert.That(() => scene.PinAsync(Host.Archive("b.tgz", new Dictionary<string, string>(programs) { [path] = "x" })), Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2219"));

    [Test]
    public void Should_be_refused_when_its_root_is_a_link_to_this_machine()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(gzip, TarEntryFormat.Pax))
            tar.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "root") { LinkName = "/" });
        Host.Files["b.tgz"] = bytes.ToArray();

        Assert.That(() => scene.PinAsync($"{Host.Url}/files/b.tgz"), Throws.InstanceOf<BuildpackException>().With.Message.Contains("SLUG2220"));
    }
}
