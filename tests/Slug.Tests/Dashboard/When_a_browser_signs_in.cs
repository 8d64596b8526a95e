using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Dashboard;

[CancelAfter(60_000)]
internal sealed class When_a_browser_signs_in
{
    private RunningService service = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        await service.Services.GetRequiredService<AppStore>().FindOrCreateAsync(AppName.Parse("mine"), "tests", CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Should_be_asked_to_and_come_back_to_where_it_wanted_to_go(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        var asked = await browser.GetAsync("/ui/apps/mine/droplets?path=app%2Fx", cancellationToken);
        Assert.That((asked.Status, asked.Location), Is.EqualTo((HttpStatusCode.SeeOther, "/ui/sign-in?to=%2Fui%2Fapps%2Fmine%2Fdroplets%3Fpath%3Dapp%252Fx")));
        var entered = await browser.SignInAsync(await TokenAsync(), "/ui/apps/mine", cancellationToken);
        Assert.That((entered.Status, entered.Location), Is.EqualTo((HttpStatusCode.SeeOther, "/ui/apps/mine")));
        Assert.That((await browser.GetAsync("/ui/apps/mine", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.OK));
    }

    [TestCase("https://elsewhere.example/")]
    [TestCase("//elsewhere.example/")]
    [TestCase("/\\elsewhere.example/")]
    [TestCase("/\t/elsewhere.example/")]
    [TestCase("javascript:alert(1)")]
    [TestCase("")]
    public async Task Should_be_sent_nowhere_else(string to, CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        var key = Browser.KeyIn(await browser.GetAsync("/ui/sign-in", cancellationToken));
        var entered = await browser.PostAsync("/ui/sign-in", new() { ["token"] = await TokenAsync(), ["to"] = to, ["form"] = key }, cancellationToken);
        Assert.That(entered.Location, Is.EqualTo("/"));
    }

    [TestCase("slg_none", HttpStatusCode.Unauthorized)]
    [TestCase("", HttpStatusCode.UnprocessableEntity)]
    public async Task Should_be_told_that_a_token_opens_nothing(string token, HttpStatusCode status, CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        var answer = await browser.SignInAsync(token, "/", cancellationToken);
        Assert.That(answer.Status, Is.EqualTo(status));
        Assert.That(answer.Html, Does.Contain("SLUG6300").And.Contains("./slug token"));
        Assert.That((await browser.GetAsync("/", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Should_keep_an_id_that_nobody_else_reads_and_that_was_not_known_before(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        await browser.GetAsync("/ui/sign-in", cancellationToken);
        var before = browser.Cookies.Single().Value;
        var entered = await browser.SignInAsync(await TokenAsync(), "/", cancellationToken);
        Assert.That(browser.Cookies.Single().Value, Is.Not.EqualTo(before));
        Assert.That(entered.Headers["Set-Cookie"], Does.EndWith("; path=/; samesite=strict; httponly").And.Not.Contains("secure"));
    }

    [Test]
    public async Task Should_send_it_over_TLS_alone_where_there_is_TLS_in_front(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        browser.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.That((await browser.GetAsync("/ui/sign-in", cancellationToken)).Headers["Set-Cookie"], Does.Contain("; secure"));
    }

    [Test]
    public async Task Should_be_out_when_its_token_is_taken_back(CancellationToken cancellationToken)
    {
        var token = await service.TokenAsync(new("taken-back", null, new HashSet<Scope> { Scope.Read }), cancellationToken);
        using var browser = await Browser.SignedInAsync(service, token, cancellationToken);
        await service.Services.GetRequiredService<TokenStore>().RevokeAsync("taken-back", "tests", cancellationToken);
        Assert.That((await browser.GetAsync("/", cancellationToken)).Location, Is.EqualTo("/ui/sign-in?to=%2F"));
    }

    [Test]
    public async Task Should_be_out_when_it_signs_out_and_its_old_id_with_it(CancellationToken cancellationToken)
    {
        using var browser = await Browser.SignedInAsync(service, await TokenAsync(), cancellationToken);
        var old = browser.Cookies.Single();
        Assert.That((await browser.SubmitAsync("/", "/ui/sign-out", [], cancellationToken)).Location, Is.EqualTo("/ui/sign-in"));
        using var thief = new HttpRequestMessage(HttpMethod.Get, service.Address);
        thief.Headers.Add("Cookie", $"{old.Name}={old.Value}");
        using var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        Assert.That((await client.SendAsync(thief, cancellationToken)).StatusCode, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Should_send_forms_with_the_key_of_its_own_pages(CancellationToken cancellationToken)
    {
        var token = await TokenAsync();
        using var browser = await Browser.SignedInAsync(service, token, cancellationToken);
        using var other = await Browser.SignedInAsync(service, token, cancellationToken);
        var foreign = Browser.KeyIn(await other.GetAsync("/", cancellationToken));
        foreach (var fields in (Dictionary<string, string>[])[[], new() { ["form"] = "x" }, new() { ["form"] = foreign }])
        {
            var answer = await browser.PostAsync("/ui/apps/mine/config/set", new(fields) { ["name"] = "A", ["value"] = "1" }, cancellationToken);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.Forbidden));
            Assert.That(answer.Html, Does.Contain("SLUG6301"));
        }
    }

    [Test]
    public async Task Should_not_be_signed_in_by_another_site(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        var answer = await browser.PostAsync("/ui/sign-in", new() { ["token"] = await TokenAsync(), ["to"] = "/" }, cancellationToken);
        Assert.That(answer.Html, Does.Contain("SLUG6301"));
    }

    [Test]
    public async Task Should_open_pages_and_nothing_else(CancellationToken cancellationToken)
    {
        using var browser = await Browser.SignedInAsync(service, await TokenAsync(), cancellationToken);
        foreach (var path in (string[])["/slug/apps", "/v2/", "/mine.git/info/refs?service=git-upload-pack"])
            Assert.That((await browser.GetAsync(path, cancellationToken)).Status, Is.EqualTo(HttpStatusCode.Unauthorized), path);
    }

    [Test]
    public async Task Should_not_do_with_the_token_itself(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        browser.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await TokenAsync());
        Assert.That((await browser.GetAsync("/", cancellationToken)).Status, Is.EqualTo(HttpStatusCode.SeeOther));
    }

    [Test]
    public async Task Should_stay_signed_in_when_it_follows_another_site_s_link(CancellationToken cancellationToken)
    {
        using var browser = new Browser(service.Address);
        browser.Client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        foreach (var path in (string[])["/ui/apps/mine?a=1&b=%22", "/ui/sign-in?to=%2F"])
        {
            var answer = await browser.GetAsync(path, cancellationToken);
            Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.OK));
            Assert.That(answer.Html, Does.Contain($"content=\"0;url={path.Replace("&", "&amp;", StringComparison.Ordinal)}\""));
            Assert.That(browser.Cookies, Is.Empty, "its session's cookie stays as it is");
        }
    }

    private Task<string> TokenAsync() => service.TokenAsync(new($"token-{Guid.NewGuid():N}"[..24], null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
}
