using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Slug.Downloads;

namespace Slug.Tests.Downloads;

[CancelAfter(60_000)]
internal sealed class When_NuGet_asks_for_a_package
{
    private const string Package = "/dapper/2.1.66/dapper.2.1.66.nupkg";

    private static readonly byte[] archive = RandomNumberGenerator.GetBytes(10_000);

    private MirrorScene scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await MirrorScene.StartAsync();
        Serve($"{scene.Registry.Url}flat/");
        scene.Registry.Files["/flat" + Package] = archive;
    }

    [TearDown]
    public async Task EndAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_be_told_the_mirrors_address_of_packages_and_the_sources_of_all_else()
    {
        var index = JsonNode.Parse(((DownloadResult.Document)await scene.AskAsync("nuget", "/v3/index.json")).Json)!["resources"]!.AsArray();

        Assert.That(index.Select(resource => (string?)resource!["@id"]), Is.EqualTo((string[])["http://127.0.0.1:27072/packages/", "https://source.example/registration/"]));
    }

    [Test]
    public async Task Should_ask_the_source_once_for_all_builds()
    {
        Assert.That(await scene.FetchAsync("nuget", "/packages" + Package), Is.EqualTo(archive));
        Assert.That(await scene.FetchAsync("nuget", "/packages" + Package), Is.EqualTo(archive));

        Assert.That(scene.Registry.Asked("/flat" + Package), Is.EqualTo(1));
        Assert.That(scene.Kept.Single().Name, Does.EndWith("." + Content.Digest.Of(archive).Hex));
    }

    [TestCase("/dapper/index.json")]
    [TestCase("/dapper/2.1.66/dapper.nuspec")]
    [TestCase("/dapper/2.1.66/other.2.1.66.nupkg")]
    [TestCase("/dapper/2.1.66/dapper.2.1.66.nupkg?x")]
    [TestCase("/Dapper/2.1.66/Dapper.2.1.66.nupkg")]
    public async Task Should_be_sent_to_the_source_for_anything_but_a_package_by_its_one_name(string path)
    {
        Assert.That(await scene.AskAsync("nuget", "/packages" + path), Is.EqualTo(new DownloadResult.Elsewhere(new(scene.Registry.Url + "flat" + path))));
        Assert.That(scene.Registry.Requests, Is.EqualTo((string[])["/v3/index.json"]));
    }

    [TestCase("")]
    [TestCase("ftp://127.0.0.1/flat/")]
    public async Task Should_be_sent_to_the_source_where_its_index_names_no_packages_or_less_safe_ones(string packages)
    {
        Serve(packages);

        Assert.That(await scene.AskAsync("nuget", "/v3/index.json"), Is.EqualTo(new DownloadResult.Elsewhere(new(scene.Registry.Url + "v3/index.json"))));
    }

    [Test]
    public async Task Should_be_sent_to_a_source_that_does_not_answer()
    {
        scene.Registry.Gate = new TaskCompletionSource().Task;

        Assert.That(await scene.AskAsync("nuget", "/v3/index.json"), Is.EqualTo(new DownloadResult.Elsewhere(new(scene.Registry.Url + "v3/index.json"))));
        Assert.That(await scene.AskAsync("nuget", "/packages" + Package), Is.TypeOf<DownloadResult.Elsewhere>());
    }

    [Test]
    public async Task Should_not_keep_half_a_package()
    {
        scene.Registry.Files["/flat" + Package] = [];
        scene.Registry.Broken.Add("/flat" + Package);

        Assert.That(await scene.AskAsync("nuget", "/packages" + Package), Is.TypeOf<DownloadResult.Elsewhere>());
        Assert.That(scene.Kept, Is.Empty);
    }

    private void Serve(string packages) => scene.Registry.Files["/v3/index.json"] = Encoding.UTF8.GetBytes(
        $$"""{"version":"3.0.0","resources":[{"@id":"{{packages}}","@type":"PackageBaseAddress/3.0.0"},{"@id":"https://source.example/registration/","@type":"RegistrationsBaseUrl/3.6.0"}]}""");
}
