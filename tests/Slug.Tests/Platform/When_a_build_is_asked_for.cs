using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using Slug.Pushes;
using Slug.Tokens;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_a_build_is_asked_for
{
    private readonly HttpClient http = new();
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await PlatformScene.StartAsync();
        await scene.AppAsync("fresh");
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_take_a_source_by_its_put_url_and_give_it_back_by_its_get_url(CancellationToken cancellationToken)
    {
        var urls = (await JsonAsync("POST", "/sources", null, HttpStatusCode.Created, cancellationToken)).GetProperty("source_blob");
        var (put, get) = (urls.GetProperty("put_url").GetString()!, urls.GetProperty("get_url").GetString()!);
        Assert.That(await RefusalAsync(await http.GetAsync(get, cancellationToken)), Does.StartWith("404 SLUG6164"));
        using var stored = await http.PutAsync(put, new ByteArrayContent([1, 2, 3]), cancellationToken);
        Assert.That(stored.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await http.GetByteArrayAsync(get, cancellationToken), Is.EqualTo(new byte[] { 1, 2, 3 }));
        Assert.That(await RefusalAsync(await http.PutAsync(get, new ByteArrayContent([4]), cancellationToken)), Does.StartWith("403 SLUG6163"));
        Assert.That(await RefusalAsync(await http.GetAsync(put, cancellationToken)), Does.StartWith("403 SLUG6163"));
    }

    [Test]
    public async Task Should_give_no_address_to_a_token_that_deploys_nothing(CancellationToken cancellationToken)
    {
        var reader = await scene.Service.TokenAsync(new($"reader-{Guid.NewGuid():N}"[..20], null, new HashSet<Scope> { Scope.Read }), cancellationToken);
        using var response = await scene.Service.SendAsync("POST", "/sources", reader, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Contain("\"forbidden\"").And.Contains("SLUG9011"));
    }

    [TestCase("""{"source_blob":{"url":"ftp://example.org/x"}}""", "SLUG6161")]
    [TestCase("""{"source_blob":{"url":"https://example.org/x","checksum":"MD5:1"}}""", "SLUG6162")]
    [TestCase("""{"source_blob":{"url":"{source}0"}}""", "SLUG6163")]
    [TestCase("""{"source_blob":{"url":"https://example.org/x"},"buildpacks":[{"url":"not a buildpack"}]}""", "SLUG2200")]
    [TestCase("""{"source_blob":{"url":"https://example.org/x"},"buildpacks":[null]}""", "SLUG2200")]
    public async Task Should_be_told_at_once_what_can_be_no_source(string body, string code, CancellationToken cancellationToken)
    {
        var error = await JsonAsync("POST", "/apps/fresh/builds", body, HttpStatusCode.UnprocessableEntity, cancellationToken);
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith(code));
    }

    [Test]
    public async Task Should_fail_where_the_source_is_not_what_was_promised(CancellationToken cancellationToken)
    {
        var url = await BuildCases.ShelvedAsync(scene.Service, [1, 2, 3]);
        var found = Convert.ToHexStringLower(SHA256.HashData([1, 2, 3]));
        Assert.That(await FailureAsync(url, $"SHA256:{new string('0', 64)}", cancellationToken), Does.Contain($"SLUG6165: the source has the checksum 'SHA256:{found}'"));
        Assert.That(await FailureAsync(url, $"sha256:{found.ToUpperInvariant()}", cancellationToken), Does.Contain("SLUG2330: the archive cannot be read"));
    }

    [Test]
    public async Task Should_fail_where_nothing_was_uploaded_or_the_address_is_closed_to_strangers(CancellationToken cancellationToken)
    {
        Assert.That(await FailureAsync(BuildCases.LinkTo(scene.Service, "GET", $"/sources/{Guid.NewGuid()}"), null, cancellationToken), Does.Contain("SLUG6164"));
        Assert.That(await FailureAsync("https://169.254.1.1/secret.tgz?token=hunter2", null, cancellationToken), Does.Contain("SLUG2211").And.Not.Contains("hunter2"));
        Assert.That(await FailureAsync("http://169.254.169.254/latest", null, cancellationToken), Does.Contain("SLUG2211"));
    }

    [Test]
    public async Task Should_come_as_far_as_the_engine_that_is_not_there(CancellationToken cancellationToken)
    {
        var url = await BuildCases.ShelvedAsync(scene.Service, Tarball.Of(("Procfile", "web: true\n")));
        Assert.That(await FailureAsync(url, null, cancellationToken), Does.StartWith($"-----> Fetching the source from {url.Split('?')[0]}?…").And.Contains("SLUG70"));
    }

    [Test]
    public async Task Should_end_when_it_is_cancelled_while_it_waits(CancellationToken cancellationToken)
    {
        var app = await scene.AppAsync("waiting");
        using var before = scene.Of<PushTurns>().Enter(app.Id);
        var url = await BuildCases.ShelvedAsync(scene.Service, Tarball.Of(("Procfile", "web: true\n")));
        var build = await JsonAsync("POST", "/apps/waiting/builds", $$$"""{"source_blob":{"url":"{{{url}}}"}}""", HttpStatusCode.Created, cancellationToken);
        Assert.That(build.GetProperty("status").GetString(), Is.EqualTo("pending"));
        var path = $"/apps/waiting/builds/{build.GetProperty("id").GetString()}";
        await JsonAsync("DELETE", path, null, HttpStatusCode.OK, cancellationToken);
        Assert.That(await http.GetStringAsync(build.GetProperty("output_stream_url").GetString(), cancellationToken), Does.Contain("SLUG3006: the build was cancelled"));
        Assert.That((await JsonAsync("GET", path, null, HttpStatusCode.OK, cancellationToken)).GetProperty("status").GetString(), Is.EqualTo("failed"));
        await JsonAsync("DELETE", path, null, HttpStatusCode.Conflict, cancellationToken);
    }

    [Test]
    public async Task Should_give_its_lines_and_its_exit_code(CancellationToken cancellationToken)
    {
        var result = await JsonAsync("GET", "/apps/mine/builds/{build}/result", null, HttpStatusCode.OK, cancellationToken);
        Assert.That(result.GetProperty("exit_code").GetInt32(), Is.EqualTo(1));
        var line = result.GetProperty("lines").EnumerateArray().Single();
        Assert.That((line.GetProperty("stream").GetString(), line.GetProperty("line").GetString()), Is.EqualTo(("STDOUT", "-----> Fetching\n")));
        await JsonAsync("GET", "/apps/fresh/builds/{build}/result", null, HttpStatusCode.NotFound, cancellationToken);
    }

    // The log of a build that is asked for and fails, read to its end.
    private async Task<string> FailureAsync(string url, string? checksum, CancellationToken cancellationToken)
    {
        var blob = JsonSerializer.Serialize(new { source_blob = new { url, checksum } });
        var build = await JsonAsync("POST", "/apps/fresh/builds", blob, HttpStatusCode.Created, cancellationToken);
        var log = await http.GetStringAsync(build.GetProperty("output_stream_url").GetString(), cancellationToken);
        var ended = await JsonAsync("GET", $"/apps/fresh/builds/{build.GetProperty("id").GetString()}", null, HttpStatusCode.OK, cancellationToken);
        Assert.That(ended.GetProperty("status").GetString(), Is.EqualTo("failed"), log);
        return log;
    }

    private async Task<JsonElement> JsonAsync(string method, string path, string? body, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync(method, path, body, cancellationToken);
        var json = await response.Content.ReadAsStringAsync(cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(status), json);
        return JsonSerializer.Deserialize<JsonElement>(json);
    }

    private static async Task<string> RefusalAsync(HttpResponseMessage response)
    {
        using (response)
            return $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}";
    }
}
