using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Slug.Apps;
using Slug.Tokens;

namespace Slug.Tests.Registry;

[CancelAfter(60_000)]
public class When_a_token_is_of_one_app
{
    private RegistryScene scene = null!;
    private App other = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await RegistryScene.StartAsync();
        other = await scene.Service<AppStore>().FindOrCreateAsync(AppName.Parse("other"), "tests", CancellationToken.None);
        await scene.ReleaseAsync("one");
        await scene.ReleaseAsync("two", other);
    }

    [OneTimeTearDown]
    public ValueTask StopAsync() => scene.DisposeAsync();

    [TestCase("manifests/v1")]
    [TestCase("manifests/latest")]
    [TestCase("tags/list")]
    [TestCase("blobs/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    [TestCase("referrers/sha256:0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Should_deny_another_app_s_repository_and_one_that_is_not_there_alike(string what)
    {
        var token = await TokenAsync(other.Name, null, Scope.Read, Scope.Deploy, Scope.Config);
        foreach (var name in (string[])["app", "nowhere"])
            Assert.That(await RefusalAsync($"v2/{name}/{what}", token), Does.StartWith($"403 DENIED SLUG9011: the token 'token").And.Contains("read, deploy, config of other"));
        var (status, _) = await GetAsync("v2/other/tags/list", token);
        Assert.That(status, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Should_list_what_it_may_read_and_nothing_else()
    {
        Assert.That(await CatalogAsync(await TokenAsync(other.Name, null, Scope.Read)), Is.EqualTo((string[])["other"]));
        Assert.That(await CatalogAsync(await TokenAsync(null, null, Scope.Read)), Is.EqualTo((string[])["app", "other"]));
        Assert.That(await CatalogAsync(await TokenAsync(other.Name, null, Scope.Deploy)), Is.Empty);
    }

    [Test]
    public async Task Should_deny_who_may_deploy_and_not_read() =>
        Assert.That(await RefusalAsync("v2/other/manifests/v1", await TokenAsync(other.Name, null, Scope.Deploy)), Does.StartWith("403 DENIED SLUG9011").And.Contains("needs read"));

    [Test]
    public async Task Should_take_one_that_has_run_out_or_was_taken_back_for_none()
    {
        Assert.That(await RefusalAsync("v2/other/manifests/v1", await TokenAsync(other.Name, TimeProvider.System.GetUtcNow(), Scope.Read)), Does.StartWith("401 UNAUTHORIZED SLUG4100"));
        var taken = await TokenAsync(other.Name, null, Scope.Read);
        Assert.That((await GetAsync("v2/other/tags/list", taken)).Status, Is.EqualTo(HttpStatusCode.OK));
        foreach (var token in await scene.Service<TokenStore>().ListAsync(CancellationToken.None))
            if (token.Grant.Name.StartsWith("token", StringComparison.Ordinal))
                await scene.Service<TokenStore>().RevokeAsync(token.Grant.Name, "tests", CancellationToken.None);
        Assert.That(await RefusalAsync("v2/other/tags/list", taken), Does.StartWith("401 UNAUTHORIZED SLUG4100"));
    }

    private async Task<string> TokenAsync(AppName? app, DateTimeOffset? expiresAt, params Scope[] scopes) =>
        (await scene.Service<TokenStore>().CreateAsync(new($"token-{Guid.NewGuid():N}"[..24], app, scopes.ToHashSet()), expiresAt, "tests", CancellationToken.None))!.Value.Reveal();

    private async Task<IEnumerable<string>> CatalogAsync(string token) =>
        (await GetAsync("v2/_catalog", token)).Body["repositories"]!.AsArray().Select(name => name!.GetValue<string>());

    private async Task<string> RefusalAsync(string path, string token)
    {
        var (status, body) = await GetAsync(path, token);
        var error = body["errors"]![0]!;
        return $"{(int)status} {error["code"]} {error["message"]}";
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> GetAsync(string path, string token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };
        using var response = await scene.Stranger.SendAsync(request);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
