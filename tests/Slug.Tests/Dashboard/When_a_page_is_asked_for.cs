using System.Net;
using Slug.Apps;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tokens;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Dashboard;

[CancelAfter(120_000)]
internal sealed class When_a_page_is_asked_for
{
    private static readonly string[] pages =
    [
        "/", "/ui/events", "/ui/system", "/ui/apps/mine", "/ui/apps/mine/releases", "/ui/apps/mine/droplets", "/ui/apps/mine/droplets/v1", "/ui/apps/mine/droplets/v2?path=app",
        "/ui/apps/mine/compare?left=v1&right=v2", "/ui/apps/mine/config", "/ui/apps/mine/buildpacks", "/ui/apps/mine/webhooks", "/ui/apps/mine/events", "/ui/builds/FAILED", "/ui/builds/FAILED/log.txt",
    ];

    private DashboardScene scene = null!;
    private Browser admin = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await DashboardScene.StartAsync();
        admin = await scene.BrowserAsync(null, Scope.Admin);
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        admin.Dispose();
        await scene.DisposeAsync();
    }

    [TestCaseSource(nameof(pages))]
    public async Task Should_be_there_and_hold_nothing_that_runs(string page, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(page, cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(answer.Headers["Content-Security-Policy"], Does.StartWith("default-src 'none'; style-src 'self'; script-src 'self';").And.Not.Contains("unsafe"));
        if (answer.Html.StartsWith('<'))
            Assert.That(answer.Html, Does.Not.Contain("<img").And.Not.Contains("<b>").And.Not.Match("<script(?! src=\"/ui/assets/)").And.Not.Match(" (style|on[a-z]+)=\"").And.Not.Match("(href|src|action)=\"(?!/|#|\\?)").And.EndsWith("</html>"));
        Assert.That(answer.Html, Does.Not.Match("&lt;/?(a|code|dd|form|li|p|pre|span|svg|table|td|time)[ &]"), "HTML of ours that became text");
    }

    [Test]
    public async Task Should_show_the_failure_of_a_build_its_phases_and_its_log_in_colour(CancellationToken cancellationToken)
    {
        var html = (await GetAsync("/ui/builds/FAILED", cancellationToken)).Html;
        Assert.That(html, Does.Contain("It ended in phase compile").And.Contains("SLUG3002: &lt;img"));
        Assert.That(html, Does.Match("""<tr class="failed">\s*<th scope="row">compile</th>""").And.Contains("4.0s, failed<"));
        Assert.That(html, Does.Contain("""<li value="1" class="step">-----&gt; Compiling</li>""").And.Contains("""<li value="2" class="err"><span class="c1">&lt;img""").And.Contains("""<li value="3" class="bad">"""));
        Assert.That(html, Does.Not.Contain("data-follow"), "it has ended");
    }

    [Test]
    public async Task Should_tell_lines_of_a_log_from_any_on_as_they_come_and_the_end(CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/ui/builds/{scene.Failed}/log") { Headers = { { "Last-Event-ID", "2" } } };
        using var response = await admin.Client.SendAsync(request, cancellationToken);
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(await response.Content.ReadAsStringAsync(cancellationToken), Does.Match("^event: line\ndata: <li value=\"3\" class=\"bad\">.*\n(data: \n)?id: 3\n\nevent: end\ndata: ?\n\n$"));
    }

    [Test]
    public async Task Should_show_what_a_droplet_weighs_and_where(CancellationToken cancellationToken)
    {
        var html = (await GetAsync("/ui/apps/mine/droplets/v2?path=app", cancellationToken)).Html;
        Assert.That(html, Does.Contain("<svg class=\"map\"").And.Contains("2 KB in 3 files").And.Match("""<a href="/ui/apps/mine/droplets/[0-9a-f]{64}\?path=app%2Flib#contents">lib/</a>"""));
        Assert.That(html, Does.Contain("&lt;b&gt;serve&lt;/b&gt;").And.Contains("an older Slug made it"));
    }

    [Test]
    public async Task Should_show_what_changed_between_two_droplets_and_by_how_much(CancellationToken cancellationToken)
    {
        var html = (await GetAsync("/ui/apps/mine/compare?left=v1&right=v2", cancellationToken)).Html;
        Assert.That(html, Does.Contain("1 added").And.Contains("1 removed").And.Contains("1 changed"));
        Assert.That(html, Does.Match("""(?s)<tr class="removed">\s*<th scope="row"><code>app/gone</code>.*?−5 bytes""").And.Match("""(?s)<tr class="changed">\s*<th scope="row"><code>app/changed</code>.*?has other contents.*?&#x2B;2 bytes""").And.Contains("&#x2B;2 KB"));
        Assert.That((await GetAsync("/ui/apps/mine/compare?left=v1&right=v1", cancellationToken)).Html, Does.Contain("They are the same."));
    }

    [Test]
    public async Task Should_show_a_config_var_to_who_asks_and_write_down_who_saw_it(CancellationToken cancellationToken)
    {
        Assert.That((await GetAsync("/ui/apps/mine/config", cancellationToken)).Html, Does.Contain("SECRET").And.Not.Contains("alert"));
        var shown = await admin.SubmitAsync("/ui/apps/mine/config", "/ui/apps/mine/config/reveal", new() { ["name"] = "SECRET" }, cancellationToken);
        Assert.That(shown.Html, Does.Contain("<pre class=\"value\" tabindex=\"0\">&lt;img"));
        Assert.That(shown.Headers["Cache-Control"], Is.EqualTo("no-store"));
        Assert.That((await GetAsync("/ui/apps/mine/events", cancellationToken)).Html, Does.Match("(?s)config.revealed.*?SECRET.*?token-"));
    }

    [Test]
    public async Task Should_set_and_remove_config_vars(CancellationToken cancellationToken)
    {
        var set = await admin.SubmitAsync("/ui/apps/mine/config", "/ui/apps/mine/config/set", new() { ["name"] = "TWO_LINES", ["value"] = "a\r\nb" }, cancellationToken);
        Assert.That(set.Location, Is.EqualTo("/ui/apps/mine/config"));
        Assert.That((await scene.Get<ConfigVars>().OfAsync(scene.App, cancellationToken))["TWO_LINES"], Is.EqualTo("a\nb"));
        await admin.SubmitAsync("/ui/apps/mine/config", "/ui/apps/mine/config/remove", new() { ["name"] = "TWO_LINES" }, cancellationToken);
        Assert.That(await scene.Get<ConfigVars>().OfAsync(scene.App, cancellationToken), Does.Not.ContainKey("TWO_LINES"));
    }

    [TestCase("1A", "x", "SLUG6004")]
    [TestCase("LARGE", "32769", "SLUG6005")]
    public async Task Should_refuse_config_vars_that_cannot_be(string name, string value, string code, CancellationToken cancellationToken)
    {
        var answer = await admin.SubmitAsync("/ui/apps/mine/config", "/ui/apps/mine/config/set", new() { ["name"] = name, ["value"] = int.TryParse(value, out var length) ? new string('x', length) : value }, cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.UnprocessableEntity));
        Assert.That(answer.Html, Does.Contain(code));
    }

    [Test]
    public async Task Should_refuse_forms_that_no_browser_sends(CancellationToken cancellationToken)
    {
        var key = Browser.KeyIn(await GetAsync("/ui/apps/mine/config", cancellationToken));
        var fields = new Dictionary<string, string> { ["form"] = key, ["name"] = "A", ["value"] = "\0" };
        var encoded = await admin.PostAsync("/ui/apps/mine/config/set", fields, cancellationToken);
        Assert.That((encoded.Status, encoded.Html.Contains("SLUG6305", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.BadRequest, true)), encoded.Html);
        using var parts = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
            parts.Add(new StringContent(value), name);
        var inParts = await (await admin.Client.PostAsync("/ui/apps/mine/config/set", parts, cancellationToken)).Content.ReadAsStringAsync(cancellationToken);
        Assert.That(inParts, Does.Contain("SLUG6006"));
    }

    [Test]
    public async Task Should_set_buildpacks_and_refuse_those_that_are_none(CancellationToken cancellationToken)
    {
        const string page = "/ui/apps/mine/buildpacks";
        await admin.SubmitAsync(page, page, new() { ["buildpacks"] = "https://example.org/a.git\r\n\r\nhttps://example.org/b.tgz" }, cancellationToken);
        Assert.That((await GetAsync(page, cancellationToken)).Html, Does.Contain("<li><code>https://example.org/a.git</code></li>").And.Contains("<li><code>https://example.org/b.tgz</code></li>"));
        var refused = await admin.SubmitAsync(page, page, new() { ["buildpacks"] = "nosuch" }, cancellationToken);
        Assert.That((refused.Status, refused.Html.Contains("SLUG2201", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.UnprocessableEntity, true)));
    }

    [Test]
    public async Task Should_say_why_a_build_is_not_cancelled_or_begun_again(CancellationToken cancellationToken)
    {
        var page = $"/ui/builds/{scene.Failed}";
        var key = Browser.KeyIn(await GetAsync(page, cancellationToken));
        var cancelled = await admin.PostAsync($"{page}/cancel", new() { ["form"] = key }, cancellationToken);
        Assert.That((cancelled.Status, cancelled.Html.Contains("SLUG3020", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)));
        var again = await admin.SubmitAsync(page, $"{page}/again", [], cancellationToken);
        Assert.That((again.Status, again.Html.Contains("SLUG6303", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)));
    }

    [Test]
    public async Task Should_go_back_to_a_release_and_say_where_there_is_no_way(CancellationToken cancellationToken)
    {
        const string page = "/ui/apps/mine/releases";
        Assert.That((await admin.SubmitAsync(page, $"{page}/v1/rollback", [], cancellationToken)).Location, Is.EqualTo(page));
        var current = await scene.Get<ReleaseStore>().FindCurrentAsync(scene.App, cancellationToken);
        Assert.That((current!.Droplet, current.Description), Is.EqualTo(($"{scene.First}", "Rollback to v1")));
        Assert.That(await scene.Get<ConfigVars>().OfAsync(scene.App, cancellationToken), Does.Not.ContainKey("SECRET"));
        await admin.SubmitAsync(page, $"{page}/v3/rollback", [], cancellationToken);
        Assert.That(await scene.Get<ConfigVars>().OfAsync(scene.App, cancellationToken), Does.ContainKey("SECRET"));
        var refused = await admin.PostAsync($"{page}/v99/rollback", new() { ["form"] = Browser.KeyIn(await GetAsync(page, cancellationToken)) }, cancellationToken);
        Assert.That((refused.Status, refused.Html.Contains("SLUG6113", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Conflict, true)));
    }

    [Test]
    public async Task Should_show_an_app_s_webhooks_and_send_them_a_test(CancellationToken cancellationToken)
    {
        const string page = "/ui/apps/mine/webhooks";
        var wish = new WebhookWish("https://example.org/secret-path?key=1", null, null, [Notice.Build], WebhookLevel.Notify);
        var webhook = (await scene.Get<WebhookStore>().CreateAsync(scene.App, wish, "tests", cancellationToken))!;
        using var reader = await scene.BrowserAsync(scene.App.Name, Scope.Read);
        Assert.That((await reader.GetAsync(page, cancellationToken)).Html, Does.Contain($"{webhook.Id}").And.Not.Contains("secret-path"));
        Assert.That((await GetAsync(page, cancellationToken)).Html, Does.Contain("secret-path").And.Not.Contains("key=1"));
        Assert.That((await admin.SubmitAsync(page, $"{page}/{webhook.Id}/test", [], cancellationToken)).Location, Is.EqualTo(page));
        var delivery = (await scene.Get<DeliveryStore>().ListAsync(scene.App, cancellationToken)).Single();
        Assert.That((await admin.SubmitAsync(page, $"/ui/apps/mine/webhook-deliveries/{delivery.Id}/redeliver", [], cancellationToken)).Location, Is.EqualTo(page));
        var key = Browser.KeyIn(await GetAsync(page, cancellationToken));
        Assert.That((await admin.PostAsync($"{page}/nowhere/test", new() { ["form"] = key }, cancellationToken)).Html, Does.Contain("SLUG6255"));
        Assert.That((await admin.PostAsync("/ui/apps/mine/webhook-deliveries/nowhere/redeliver", new() { ["form"] = key }, cancellationToken)).Html, Does.Contain("SLUG6256"));
    }

    [TestCase("/ui/nowhere", "SLUG6302")]
    [TestCase("/ui/apps/nowhere", "SLUG6001")]
    [TestCase("/ui/builds/0b0e7a34-0000-7000-8000-000000000000", "SLUG3021")]
    [TestCase("/ui/apps/mine/droplets/v99", "SLUG4151")]
    [TestCase("/ui/apps/mine/compare?left=v1", "SLUG4151")]
    [TestCase("/ui/apps/mine/droplets/v1/packages", "SLUG4151")]
    public async Task Should_say_what_is_not_there(string page, string code, CancellationToken cancellationToken)
    {
        var answer = await GetAsync(page, cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That(answer.Html, Does.Contain(code));
    }

    [Test]
    public async Task Should_show_a_visitor_no_app_and_no_action_but_its_own(CancellationToken cancellationToken)
    {
        using var reader = await scene.BrowserAsync(scene.App.Name, Scope.Read);
        var home = (await reader.GetAsync("/", cancellationToken)).Html;
        Assert.That(home, Does.Contain("/ui/apps/mine").And.Not.Contains("/ui/apps/other").And.Not.Contains("/ui/system"));
        Assert.That((await reader.GetAsync("/ui/events", cancellationToken)).Html, Does.Contain("/ui/apps/mine").And.Not.Contains("/ui/apps/other"));
        var build = (await reader.GetAsync($"/ui/builds/{scene.Failed}", cancellationToken)).Html;
        Assert.That(build, Does.Not.Contain("/again").And.Not.Contains("/config"));
        Assert.That((await reader.GetAsync("/ui/apps/other", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        var refused = await reader.GetAsync("/ui/apps/mine/config", cancellationToken);
        Assert.That((refused.Status, refused.Html.Contains("SLUG9011", StringComparison.Ordinal)), Is.EqualTo((HttpStatusCode.Forbidden, true)));
    }

    [Test]
    public async Task Should_show_no_events_to_who_may_read_none(CancellationToken cancellationToken)
    {
        using var deployer = await scene.BrowserAsync(null, Scope.Deploy);
        Assert.That((await deployer.GetAsync("/ui/events", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That((await deployer.GetAsync("/", cancellationToken)).Html, Does.Not.Contain("/ui/apps/mine"));
    }

    [Test]
    public async Task Should_refer_to_files_that_are_good_for_ever(CancellationToken cancellationToken)
    {
        var home = (await GetAsync("/", cancellationToken)).Html;
        var assets = System.Text.RegularExpressions.Regex.Matches(home, "\"(/ui/assets/[^\"]+)\"").Select(match => match.Groups[1].Value).ToList();
        Assert.That(assets, Has.Count.EqualTo(3).And.All.Match(@"^/ui/assets/slug\.[0-9a-f]{16}\.(css|js|svg)$"));
        foreach (var asset in assets)
        {
            var answer = await GetAsync(asset, cancellationToken);
            Assert.That((answer.Status, answer.Headers["Cache-Control"]), Is.EqualTo((HttpStatusCode.OK, "public, max-age=31536000, immutable")));
        }

        Assert.That((await GetAsync("/ui/assets/slug.css", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Should_go_back_in_events_page_by_page(CancellationToken cancellationToken)
    {
        var (database, other) = (scene.Get<Database>(), AppName.Parse("other"));
        await database.WriteAsync(db => Enumerable.Range(0, 130).Sum(number => Events.Append(db, TimeProvider.System, "tests", "test.noted", other, null, $"number-{number}.")), cancellationToken);
        var newest = (await GetAsync("/ui/apps/other/events", cancellationToken)).Html;
        Assert.That(newest, Does.Contain("number-129.").And.Not.Contains("number-29."));
        var older = System.Text.RegularExpressions.Regex.Match(newest, """rel="next" href="(\?before=\d+)""").Groups[1].Value;
        Assert.That((await GetAsync($"/ui/apps/other/events{older}", cancellationToken)).Html, Does.Contain("number-29.").And.Contains("number-0.").And.Not.Contains("number-30.").And.Contains("app.created"));
    }

    private Task<Answer> GetAsync(string page, CancellationToken cancellationToken) =>
        admin.GetAsync(page.Replace("FAILED", scene.Failed.ToString(), StringComparison.Ordinal), cancellationToken);
}
