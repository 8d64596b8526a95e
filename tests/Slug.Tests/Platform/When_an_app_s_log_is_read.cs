using System.Text.Json;
using Slug.Builds;
using Slug.Hosting;
using Slug.Platform.Logs;
using Slug.Releases;

namespace Slug.Tests.Platform;

[CancelAfter(60_000)]
internal sealed class When_an_app_s_log_is_read
{
    private readonly HttpClient http = new();
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await PlatformScene.StartAsync();
        await scene.Of<ReleaseStore>().ConfigureAsync(scene.App, new Dictionary<string, string?> { ["KEY"] = "value-that-is-secret" }, "ann", CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        http.Dispose();
        await scene.DisposeAsync();
    }

    [Test]
    public async Task Should_say_in_Heroku_s_form_what_happened_and_what_builds_print(CancellationToken cancellationToken)
    {
        var log = await http.GetStringAsync(await UrlAsync("""{"lines":100}""", cancellationToken), cancellationToken);
        var form = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00 app\[(api|build)\]: ";
        Assert.That(log.TrimEnd('\n').Split('\n'), Is.All.Match(form));
        Assert.That(log, Does.Contain("app[api]: Initial release by user tests").And.Contains("app[build]: -----> Fetching"));
        Assert.That(log, Does.Contain("app[api]: Set KEY config vars by user ann").And.Contains("app[api]: Release v1 created by user ann").And.Not.Contains("secret"));
    }

    [TestCase("""{"lines":1}""", 1)]
    [TestCase("""{"dyno":"api"}""", 1)]
    [TestCase("""{"type":"web"}""", 0)]
    [TestCase("""{"source":"heroku"}""", 0)]
    public async Task Should_be_no_more_than_was_asked_for(string wish, int lines, CancellationToken cancellationToken) =>
        Assert.That((await http.GetStringAsync(await UrlAsync(wish, cancellationToken, "doomed"), cancellationToken)).Count('\n'), Is.EqualTo(lines));

    [Test]
    public async Task Should_go_on_with_what_happens_and_what_a_new_build_prints_where_that_is_asked_for(CancellationToken cancellationToken)
    {
        var app = await scene.AppAsync("tailed");
        using var request = new HttpRequestMessage(HttpMethod.Get, await UrlAsync("""{"tail":true}""", cancellationToken, "tailed"));
        request.Headers.Add("Accept", "text/event-stream");
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken));
        Assert.That(await DataAsync(lines, cancellationToken), Does.EndWith("Initial release by user tests"));

        var build = Guid.CreateVersion7();
        await scene.Of<BuildStore>().AskAsync(build, app, "tests", new() { Url = "https://example.org/x" }, cancellationToken);
        scene.Of<BuildLogs>().Start(build).Say("-----> Hello");
        Assert.That(await DataAsync(lines, cancellationToken), Does.EndWith("app[build]: -----> Hello"));
        await scene.Of<ReleaseStore>().ConfigureAsync(app, new Dictionary<string, string?> { ["KEY"] = null }, "ann", cancellationToken);
        Assert.That(await DataAsync(lines, cancellationToken), Does.EndWith("app[api]: Remove KEY config vars by user ann"));
    }

    [Test]
    public async Task Should_be_refused_where_the_address_is_no_session_s(CancellationToken cancellationToken)
    {
        using var forged = await http.GetAsync((await UrlAsync("{}", cancellationToken)).Replace("tail=false", "tail=true", StringComparison.Ordinal), cancellationToken);
        Assert.That($"{(int)forged.StatusCode} {await forged.Content.ReadAsStringAsync(cancellationToken)}", Does.StartWith("403 SLUG6171"));
        using var gone = await http.GetAsync(BuildCases.LinkTo(scene.Service, "GET", $"/log-sessions/{Guid.NewGuid()}?lines=1&tail=false"), cancellationToken);
        Assert.That($"{(int)gone.StatusCode} {await gone.Content.ReadAsStringAsync(cancellationToken)}", Does.StartWith("404 SLUG6172"));
    }

    [Test]
    public void Should_have_a_line_for_every_kind_of_event() =>
        Assert.That(
            AppLogLine.Of(new HappenedEvent { Id = 1, At = DateTimeOffset.UnixEpoch, By = "ann", Kind = "webhook.created", Subject = "hook", Detail = null })!.ToString(),
            Is.EqualTo("1970-01-01T00:00:00.000000+00:00 app[api]: webhook.created hook by user ann"));

    private async Task<string> UrlAsync(string wish, CancellationToken cancellationToken, string app = "mine")
    {
        using var response = await scene.SendAsync("POST", $"/apps/{app}/log-sessions", wish, cancellationToken);
        return JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellationToken)).GetProperty("logplex_url").GetString()!;
    }

    private static async Task<string> DataAsync(StreamReader lines, CancellationToken cancellationToken)
    {
        while (true)
            if (await lines.ReadLineAsync(cancellationToken) is { } line && line.StartsWith("data: ", StringComparison.Ordinal) && line.Length > "data: ".Length)
                return line["data: ".Length..];
    }
}
