using System.Net;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_Heroku_has_what_Slug_has_not
{
    private const string Heroku = "Accept: application/vnd.heroku+json; version=3.sdk";

    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => scene = await PlatformScene.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [TestCase("POST", "/apps/mine/addons", "set the address of a database as a config var")]
    [TestCase("POST", "/apps/mine/dynos", "start one with ./slug run")]
    [TestCase("POST", "/apps/mine/domains", "put a proxy before them")]
    [TestCase("GET", "/pipelines", "release the slug of one app at another")]
    [TestCase("GET", "/never/heard/of", "docs/api.md lists it")]
    [TestCase("DELETE", "/account", "docs/api.md lists it")]
    public async Task Should_say_so_in_the_form_of_the_API(string method, string path, string reason, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(method, path, null, cancellationToken, Heroku);
        var answer = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.Multiple(() =>
        {
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
            Assert.That(answer, Does.StartWith($$"""{"id":"not_found","message":"SLUG6120: '{{method}} {{path}}' is not here; """));
            Assert.That(answer, Does.Contain(reason));
        });
    }

    [Test]
    public async Task Should_tell_other_clients_in_plain_text(CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("GET", "/never/heard/of", null, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.StartWith("SLUG6199: there is nothing at 'GET /never/heard/of'; "));
    }

    [Test]
    public async Task Should_take_a_buildpack_s_name_for_its_address(CancellationToken cancellationToken)
    {
        using var response = await scene.Service.SendAsync("GET", "/buildpacks/heroku%2Fnodejs", null, cancellationToken);
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Is.EqualTo("""{"blob_url":"heroku/nodejs"}"""));
    }
}
