using Slug.Remotes;

namespace Slug.Tests.Buildpacks;

[CancelAfter(60_000)]
internal sealed class When_a_buildpack_is_out_of_bounds
{
    private PinningScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await PinningScene.StartAsync(allow: "");

    [TearDown]
    public async Task Leave() => await scene.DisposeAsync();

    [Test]
    public void Should_not_be_fetched_from_this_machine_by_git() => Refuses(scene.Host.Repository);

    [Test]
    public void Should_not_be_fetched_from_this_machine_by_HTTP() => Refuses($"{scene.Host.Url}/files/b.tgz");

    [Test]
    public void Should_not_be_fetched_from_this_machine_by_another_name() =>
        Refuses(scene.Host.Repository.Replace("127.0.0.1", "localhost", StringComparison.Ordinal));

    [TestCase("https://169.254.169.254/latest.tgz")]
    [TestCase("https://[fd00::1]/b.git")]
    [TestCase("https://0x7f000001/b.git")]
    public void Should_not_be_fetched_from_neighbours(string address) => Refuses(address);

    private void Refuses(string address)
    {
        Assert.That(() => scene.PinAsync(address), Throws.InstanceOf<RemoteException>().With.Message.Contains("SLUG2211"));
        Assert.That(scene.Host.Requests, Is.Empty);
    }
}
