using Slug.Tokens;

namespace Slug.Tests.Dashboard;

/// <summary>Every form of the dashboard: from another's page, and with what cannot be. Who may send it at all is walked with the table of scopes.</summary>
[CancelAfter(60_000)]
internal sealed class When_a_form_is_wrong
{
    private DashboardScene scene = null!;
    private Browser browser = null!;
    private string key = "";

    private static IEnumerable<FormCase> Cases => FormCase.All;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        scene = await DashboardScene.StartAsync();
        browser = await scene.BrowserAsync(null, Scope.Admin);
        key = Browser.KeyIn(await browser.GetAsync("/ui/apps/mine/config", CancellationToken.None));
    }

    [OneTimeTearDown]
    public async Task StopAsync()
    {
        browser.Dispose();
        await scene.DisposeAsync();
    }

    [Test]
    public void Every_form_is_in_the_table_of_cases() =>
        Assert.That(Cases.Select(known => known.Endpoint), Is.EquivalentTo(AccessRules.Table.Keys.Where(rule => rule.StartsWith("POST /ui/", StringComparison.Ordinal))));

    [TestCaseSource(nameof(Cases))]
    public async Task Should_be_refused_with_a_code(FormCase known, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(known, new(known.Fields) { ["form"] = known.Fields.GetValueOrDefault("form") ?? key }, cancellationToken);
        Assert.That((int)answer.Status, Is.EqualTo(known.Status), answer.Html);
        Assert.That(answer.Html, Does.Contain($"<code>{known.Code}</code>"));
    }

    [TestCaseSource(nameof(Cases))]
    public async Task Should_be_refused_without_its_key_before_it_is_looked_at(FormCase known, CancellationToken cancellationToken)
    {
        var answer = await SendAsync(known, [], cancellationToken);
        Assert.That((int)answer.Status, Is.EqualTo(403));
        Assert.That(answer.Html, Does.Contain("<code>SLUG6301</code>"));
    }

    private Task<Answer> SendAsync(FormCase known, Dictionary<string, string> fields, CancellationToken cancellationToken) =>
        browser.PostAsync(known.Path.Replace("{build}", $"{scene.Failed}", StringComparison.Ordinal), fields, cancellationToken);
}
