using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_another_app_s_slug_is_released
{
    private PlatformScene scene = null!;
    private App production = null!;
    private JsonElement slug;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await PlatformScene.StartAsync();
        production = await scene.AppAsync("production");
        slug = (await JsonAsync("GET", "/apps/mine/releases/v2", null)).GetProperty("slug");
    }

    [TearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_be_the_same_slug_with_the_app_s_own_config_vars(CancellationToken cancellationToken)
    {
        await JsonAsync("PATCH", "/apps/production/config-vars", """{"GREETING":"good evening"}""");

        var made = await JsonAsync("POST", "/apps/production/releases", $$"""{"slug":"{{Id(slug)}}"}""");

        var (shown, config) = (await JsonAsync("GET", $"/apps/production/slugs/{Id(slug)}", null), await JsonAsync("GET", "/apps/production/releases/current/config-vars", null));
        Assert.Multiple(() =>
        {
            Assert.That((made.GetProperty("version").GetInt32(), Id(made.GetProperty("slug")), made.GetProperty("description").GetString()), Is.EqualTo((2, Id(slug), "Deploy cccccccc from mine")));
            Assert.That((Id(shown), shown.GetProperty("commit").GetString(), shown.GetProperty("process_types").GetRawText()), Is.EqualTo((Id(slug), new string('c', 40), """{"web":"serve"}""")));
            Assert.That(shown.GetProperty("blob").GetProperty("url").GetString(), Does.Contain($"/slugs/{production.Id}/"));
            Assert.That(config.GetRawText(), Is.EqualTo("""{"GREETING":"good evening"}"""));
        });
        Assert.That((await scene.Of<DropletStore>().ListAsync(production, cancellationToken)).Select(droplet => droplet.Digest), Is.EqualTo((Digest[])[Digest.Of("droplet"u8)]));
    }

    [Test]
    public async Task Should_stay_what_it_was_when_it_is_released_again_and_taken_back()
    {
        await JsonAsync("POST", "/apps/production/releases", $$"""{"slug":"{{Id(slug)}}"}""");
        var again = await JsonAsync("POST", "/apps/production/releases", $$"""{"slug":"{{Id(slug)}}","description":"Again"}""");
        var back = await JsonAsync("POST", "/apps/production/releases", $$"""{"release":"{{Id(await JsonAsync("GET", "/apps/production/releases/1", null))}}"}""");
        Assert.That(new[] { again, back }.Select(release => Id(release.GetProperty("slug"))), Is.All.EqualTo(Id(slug)));
    }

    [Test]
    public async Task Should_outlive_its_app(CancellationToken cancellationToken)
    {
        await JsonAsync("POST", "/apps/production/releases", $$"""{"slug":"{{Id(slug)}}"}""");
        await JsonAsync("DELETE", "/apps/mine", null);
        using (await scene.SendAsync("POST", "/slug/gc", null, cancellationToken))
            Assert.That(Id(await JsonAsync("GET", $"/apps/production/slugs/{Id(slug)}", null)), Is.EqualTo(Id(slug)));
    }

    [Test]
    public async Task Should_not_be_released_where_a_sweep_took_it_just_before(CancellationToken cancellationToken)
    {
        var releases = scene.Of<ReleaseStore>();
        Assert.That(await releases.DeployAsync(production, new($"{Digest.Of("swept"u8)}", null, null), scene.App, "Deploy", "ann", cancellationToken), Is.Null);
        Assert.That(await releases.ListAsync(production, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Should_not_be_found_by_who_may_not_read_it(CancellationToken cancellationToken)
    {
        foreach (var scopes in (Scope[][])[[Scope.Deploy], [Scope.Read, Scope.Deploy]])
        {
            // The first may read no app, the second its own alone.
            var token = await scene.Service.TokenAsync(new($"t-{Guid.NewGuid():N}"[..20], scopes.Length == 1 ? null : production.Name, scopes.ToHashSet()), cancellationToken);
            using var client = new HttpClient { BaseAddress = scene.Service.Address };
            using var request = new HttpRequestMessage(HttpMethod.Post, "/apps/production/releases") { Content = new StringContent($$"""{"slug":"{{Id(slug)}}"}""", Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            using var response = await client.SendAsync(request, cancellationToken);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
            Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Contain("SLUG6115: "));
        }
    }

    private async Task<JsonElement> JsonAsync(string method, string path, string? body)
    {
        using var response = await scene.SendAsync(method, path, body, CancellationToken.None);
        var json = await response.Content.ReadAsStringAsync();
        Assert.That(response.IsSuccessStatusCode, json);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    private static Guid Id(JsonElement resource) => resource.GetProperty("id").GetGuid();
}
