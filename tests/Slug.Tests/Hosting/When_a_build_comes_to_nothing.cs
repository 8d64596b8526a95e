using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Blobs;
using Slug.Tests.Dashboard;
using Slug.Tests.Platform;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Hosting;

/// <summary>A build that is cancelled, or refused before there is a plan for it: its row, its log and its events say so, and by whom. There is no engine.</summary>
[CancelAfter(60_000)]
internal sealed class When_a_build_comes_to_nothing
{
    private RunningService service = null!;
    private string token = "";

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        service = await RunningService.StartAsync(CancellationToken.None);
        token = await service.TokenAsync(new("bob", null, new HashSet<Scope> { Scope.Admin }), CancellationToken.None);
    }

    [OneTimeTearDown]
    public async Task StopAsync() => await service.DisposeAsync();

    [Test]
    public async Task Should_say_who_cancelled_it_by_the_command_line_s_API(CancellationToken cancellationToken)
    {
        var (app, build) = await WaitingAsync("by-cli", cancellationToken);
        Assert.That(await service.StatusAsync("POST", "/slug/builds/by-cli/cancel", token, cancellationToken), Is.EqualTo(HttpStatusCode.Accepted));
        await CancelledAsync(app, build, cancellationToken);
    }

    [Test]
    public async Task Should_say_who_cancelled_it_by_the_Platform_API(CancellationToken cancellationToken)
    {
        var (app, build) = await WaitingAsync("by-heroku", cancellationToken);
        Assert.That(await service.StatusAsync("DELETE", $"/apps/by-heroku/builds/{build}", token, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
        await CancelledAsync(app, build, cancellationToken);
    }

    [Test]
    public async Task Should_say_who_cancelled_it_on_its_page(CancellationToken cancellationToken)
    {
        var (app, build) = await WaitingAsync("by-page", cancellationToken);
        using var browser = await Browser.SignedInAsync(service, token, cancellationToken);
        var answer = await browser.SubmitAsync($"/ui/builds/{build}", $"/ui/builds/{build}/cancel", [], cancellationToken);
        Assert.That(answer.Location, Is.EqualTo($"/ui/builds/{build}"));
        await CancelledAsync(app, build, cancellationToken);
    }

    [Test]
    public async Task Should_have_a_row_and_an_event_where_it_was_refused_before_its_plan([Values("builds", "tests")] string what, CancellationToken cancellationToken)
    {
        var app = await AppAsync($"refused-{what}", cancellationToken);
        await UploadedAsync(app, cancellationToken);
        var path = $"/slug/apps/{app.Name}/{what}";
        var log = what == "builds" ? await PostAsync(path, Tarball.Of(("Procfile", "web: true\n")), cancellationToken) : await PostAsync($"{path}?commit={await CommitAsync(app, cancellationToken)}", null, cancellationToken);
        Assert.That(log, Does.Contain(" !     SLUG7001: "));
        var build = (await Of<BuildStore>().ListAsync(app, cancellationToken))[0];
        Assert.That((build.Status, build.By, build.IsTest), Is.EqualTo((BuildStatus.Failed, "bob", what == "tests")));
        Assert.That(build.Message, Does.StartWith("SLUG7001: "));
        Assert.That(await EventsAsync(app, build.Id, cancellationToken), Is.EqualTo((string[])[$"bob {(what == "tests" ? "test" : "build")}.failed {build.Message}"]));
        Assert.That(await service.StatusAsync("GET", $"/slug/builds/{build.Id}/log", token, cancellationToken), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Should_have_an_event_where_the_source_of_one_that_was_asked_for_is_not_there(CancellationToken cancellationToken)
    {
        var app = await AppAsync("asked", cancellationToken);
        var build = await AskAsync(app, BuildCases.LinkTo(service, "GET", $"/sources/{Guid.NewGuid()}"), cancellationToken);
        await EndedAsync(build, cancellationToken);
        Assert.That(await EventsAsync(app, build, cancellationToken), Has.One.Items.And.One.StartsWith("ann build.failed SLUG6164: "));
    }

    private T Of<T>()
        where T : notnull => service.Services.GetRequiredService<T>();

    private Task<App> AppAsync(string name, CancellationToken cancellationToken) => Of<AppStore>().FindOrCreateAsync(AppName.Parse(name), "ann", cancellationToken);

    // It waits for its turn, which is taken.
    private async Task<(App App, Guid Build)> WaitingAsync(string name, CancellationToken cancellationToken)
    {
        var app = await AppAsync(name, cancellationToken);
        Of<PushTurns>().Enter(app.Id);
        return (app, await AskAsync(app, await BuildCases.ShelvedAsync(service, Tarball.Of(("Procfile", "web: true\n"))), cancellationToken));
    }

    private Task<Guid> AskAsync(App app, string url, CancellationToken cancellationToken)
    {
        SourceAddress.TryRead(url, null, _ => true, out var address, out _);
        return Of<AskedBuilds>().AskAsync(app, "ann", address!, new() { Url = "https://example.org/source.tgz" }, cancellationToken);
    }

    private async Task CancelledAsync(App app, Guid build, CancellationToken cancellationToken)
    {
        var log = await EndedAsync(build, cancellationToken);
        Assert.That(log, Does.EndWith(" !     SLUG3006: the build was cancelled by 'bob'; ask again to start another"));
        var row = (await Of<BuildStore>().FindAsync(build, cancellationToken))!;
        Assert.That((row.Status, row.By), Is.EqualTo((BuildStatus.Cancelled, "ann")));
        Assert.That(await EventsAsync(app, build, cancellationToken), Is.EqualTo((string[])["bob build.cancelled SLUG3006: the build was cancelled by 'bob'; ask again to start another"]));
    }

    private async Task<string> EndedAsync(Guid build, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var line in Of<BuildLogs>().ReadAsync(build, from: 0, follow: true, cancellationToken))
            lines.Add(line.Text);
        return string.Join('\n', lines);
    }

    private async Task<List<string>> EventsAsync(App app, Guid build, CancellationToken cancellationToken)
    {
        var told = new List<string>();
        await foreach (var happened in Of<EventFeed>().ReadAsync(app.Name, 0, follow: false, Timeout.InfiniteTimeSpan, cancellationToken))
            if (happened!.Subject == $"{build}")
                told.Add($"{happened.By} {happened.Kind} {happened.Detail}");
        return told;
    }

    private async Task UploadedAsync(App app, CancellationToken cancellationToken) => await Of<Repositories>().FindOrCreateAsync(app.Name.ToString(), "ann", cancellationToken);

    private async Task<string> CommitAsync(App app, CancellationToken cancellationToken)
    {
        var repository = Repository.Of(app, Of<DataDirectory>());
        var blob = await Of<Git>().Command(repository, "hash-object", "-w", "/dev/null").RunAsync(cancellationToken);
        await Of<Git>().Command(repository, "update-index", "--add", "--cacheinfo", $"100644,{blob.Output.Trim()},Procfile").RunAsync(cancellationToken);
        var tree = await Of<Git>().Command(repository, "write-tree").RunAsync(cancellationToken);
        return (await Of<Git>().Command(repository, "-c", "user.name=ann", "-c", "user.email=ann@localhost", "commit-tree", tree.Output.Trim(), "-m", "one").RunAsync(cancellationToken)).Output.Trim();
    }

    private async Task<string> PostAsync(string path, byte[]? body, CancellationToken cancellationToken)
    {
        using var client = new HttpClient { BaseAddress = service.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", token) }, Content = body is null ? null : new ByteArrayContent(body) };
        using var response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
