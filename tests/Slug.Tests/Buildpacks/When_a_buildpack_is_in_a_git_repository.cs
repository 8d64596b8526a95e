using Slug.Remotes;

namespace Slug.Tests.Buildpacks;

[CancelAfter(60_000)]
internal sealed class When_a_buildpack_is_in_a_git_repository
{
    private PinningScene scene = null!;
    private string first = "";

    private BuildpackHost Host => scene.Host;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await PinningScene.StartAsync();
        first = await Host.CommitAsync(BuildpackHost.Programs("echo One", "echo one"));
    }

    [TearDown]
    public async Task Leave()
    {
        Assert.That(scene.Rests(), Is.Empty);
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_be_fetched_from_the_default_branch_and_told()
    {
        var pinned = await scene.PinAsync(Host.Repository);

        Assert.That(scene.FilesOf(pinned)["./bin/detect"], Does.Contain("echo One"));
        Assert.That(pinned.Name, Is.EqualTo(Host.Repository));
        Assert.That(scene.Said.Single(), Does.Contain(Host.Repository).And.Contain(first[..7]).And.Contain(pinned.Digest!.Value.ToShortString()));
    }

    [Test]
    public async Task Should_be_fetched_once_while_its_ref_stands()
    {
        var pinned = await scene.PinAsync(Host.Repository);
        Host.Requests.Clear();

        Assert.That(await scene.PinAsync(Host.Repository), Is.EqualTo(pinned));
        Assert.That(Host.Requests, Has.None.Contains("FETCH").And.Count.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task Should_be_fetched_again_when_its_ref_has_moved()
    {
        await scene.PinAsync($"{Host.Repository}#main");
        await Host.CommitAsync(BuildpackHost.Programs("echo Two", "echo two"));

        Assert.That(scene.FilesOf(await scene.PinAsync($"{Host.Repository}#main"))["./bin/detect"], Does.Contain("echo Two"));
    }

    [Test]
    public async Task Should_be_had_by_branch_tag_annotated_tag_and_commit()
    {
        await Host.GitAsync("tag", "v1");
        await Host.GitAsync("tag", "--annotate", "--message=one", "v1-told");
        await Host.GitAsync("branch", "feature/one");
        await Host.CommitAsync(BuildpackHost.Programs("echo Two", "echo two"));

        var digests = new HashSet<Content.Digest>();
        foreach (var name in (string[])["v1", "v1-told", "feature/one", first])
            digests.Add((await scene.PinAsync($"{Host.Repository}#{name}")).Digest!.Value);

        Assert.That(digests, Has.Count.EqualTo(1));
        Assert.That((await scene.PinAsync(Host.Repository)).Digest, Is.Not.EqualTo(digests.Single()));
    }

    [Test]
    public async Task Should_not_be_asked_for_when_a_commit_that_is_known_is_named()
    {
        await scene.PinAsync($"{Host.Repository}#{first}");
        Host.Requests.Clear();

        await scene.PinAsync($"{Host.Repository}#{first}");

        Assert.That(Host.Requests, Is.Empty);
    }

    [Test]
    public void Should_be_told_when_there_is_no_such_ref() =>
        Assert.That(() => scene.PinAsync($"{Host.Repository}#v9"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2214").And.Message.Contains("'v9'"));

    [Test]
    public async Task Should_be_tried_again_when_the_host_stumbles()
    {
        Host.Failures = 1;

        await scene.PinAsync(Host.Repository);

        Assert.That(scene.Said[0], Does.Contain("SLUG2213").And.Contain("503"));
        Assert.That(scene.Said[1], Does.Contain("Trying again"));
    }

    [Test]
    public void Should_be_told_why_when_it_cannot_be_had()
    {
        Host.Failures = 100;

        Assert.That(() => scene.PinAsync(Host.Repository), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2213").And.Message.Contains("503"));
        Assert.That(Host.Requests, Has.Count.GreaterThanOrEqualTo(3));
    }

    [Test]
    public async Task Should_be_fetched_with_the_password_of_its_address_which_nobody_is_shown()
    {
        Host.Secret = "me:s3cret!";
        var address = Host.Repository.Replace("://", "://me:s3cret%21@", StringComparison.Ordinal);

        var pinned = await scene.PinAsync(address);

        Assert.That($"{pinned} {string.Join('\n', scene.Said)}", Does.Not.Contain("s3cret"));
        Assert.That(() => scene.PinAsync(Host.Repository), Throws.InstanceOf<RemoteException>().With.Message.Not.Contains("s3cret"));
    }

    [Test]
    public async Task Should_be_fetched_with_the_operators_credentials()
    {
        Host.Secret = "robot:s3cret";
        await File.WriteAllTextAsync(scene.Data.Netrc, "machine 127.0.0.1 login robot password s3cret\n");
        File.SetUnixFileMode(scene.Data.Netrc, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        Assert.That(scene.FilesOf(await scene.PinAsync(Host.Repository)), Contains.Key("./bin/compile"));
    }

    [Test]
    public async Task Should_keep_every_file_whatever_its_attributes_say()
    {
        await Host.CommitAsync(new Dictionary<string, string> { [".gitattributes"] = "lib export-ignore\nlib/* export-ignore\n", ["lib/x"] = "x" });

        Assert.That(scene.FilesOf(await scene.PinAsync(Host.Repository)), Contains.Key("./lib/x"));
    }

    [Test]
    public async Task Should_be_the_same_bytes_by_whatever_way_it_comes()
    {
        var files = BuildpackHost.Programs("echo One", "echo one");

        Assert.That((await scene.PinAsync(Host.Archive("b.tgz", files))).Digest, Is.EqualTo((await scene.PinAsync(Host.Repository)).Digest));
    }

    [Test]
    public async Task Should_not_be_followed_elsewhere()
    {
        await scene.PinAsync(Host.Repository);
        Assert.That(() => scene.PinAsync($"{Host.Url}/moved/buildpack.git"), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2213"));
    }
}
