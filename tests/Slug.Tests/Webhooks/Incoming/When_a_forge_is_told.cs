using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Apps;
using Slug.Hosting;
using Slug.Remotes;
using Slug.Tests.Commands;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Tests.Webhooks.Incoming;

[CancelAfter(60_000)]
internal sealed class When_a_forge_is_told
{
    private const string Commit = "95790bf891e76fee5e1747ab589903a6a1f80f22";

    private readonly ConcurrentQueue<string> calls = new();
    private ScratchFolder folder = null!;
    private Database database = null!;
    private HookStore hooks = null!;
    private DeliveryStore deliveries = null!;
    private WebApplication web = null!;
    private int status;

    [SetUp]
    public async Task StartAsync()
    {
        folder = new();
        var data = new DataDirectory(folder.Path);
        data.Create();
        database = new(data);
        var key = new ConfigKey(data);
        key.Make();
        hooks = new(database, key, TimeProvider.System);
        deliveries = new(database, hooks, TimeProvider.System);
        (status, web) = (201, Listener());
        calls.Clear();
        await web.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await web.DisposeAsync();
        database.Dispose();
        folder.Dispose();
    }

    [TestCase("github", "success", "POST /repos/me/team/hello/statuses/COMMIT Authorization=Bearer t0ken", """{"state":"success","target_url":"https://slug.example/ui/builds/BUILD","description":"Released v1","context":"slug/hello"}""")]
    [TestCase("gitea", "failure", "POST /repos/me/team/hello/statuses/COMMIT Authorization=token t0ken", """{"state":"failure","target_url":"https://slug.example/ui/builds/BUILD","description":"Released v1","context":"slug/hello"}""")]
    [TestCase("gitlab", "failure", "POST /projects/me%2Fteam%2Fhello/statuses/COMMIT PRIVATE-TOKEN=t0ken", """{"state":"failed","ref":"main","name":"slug/hello","target_url":"https://slug.example/ui/builds/BUILD","description":"Released v1"}""")]
    [TestCase("gitlab", "pending", "POST /projects/me%2Fteam%2Fhello/statuses/COMMIT PRIVATE-TOKEN=t0ken", """{"state":"pending","ref":"main","name":"slug/hello","target_url":"https://slug.example/ui/builds/BUILD","description":"Slug builds it"}""")]
    [TestCase("bitbucket-dc", "failure", "POST /projects/team/repos/hello/commits/COMMIT/builds Authorization=Bearer t0ken", """{"key":"slug/hello","name":"slug/hello","state":"FAILED","ref":"refs/heads/main","url":"https://slug.example/ui/builds/BUILD","description":"Released v1"}""")]
    [TestCase("bitbucket", "success", "POST /repositories/me/team/hello/commit/COMMIT/statuses/build Authorization=Bearer t0ken", """{"key":"slug/hello","name":"slug/hello","state":"SUCCESSFUL","url":"https://slug.example/ui/builds/BUILD","description":"Released v1"}""")]
    [TestCase("bitbucket", "pending", "POST /repositories/me/team/hello/commit/COMMIT/statuses/build Authorization=Bearer t0ken", """{"key":"slug/hello","name":"slug/hello","state":"INPROGRESS","url":"https://slug.example/ui/builds/BUILD","description":"Slug builds it"}""")]
    public async Task Should_be_told_in_its_own_words(string forge, string state, string call, string body, CancellationToken cancellationToken)
    {
        var (hook, delivery) = await DeliveredAsync(forge, web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, state, "Released v1", cancellationToken);
        Assert.That(calls, Is.EqualTo((string[])[call.Replace("COMMIT", Commit, StringComparison.Ordinal) + " " + body.Replace("BUILD", $"{delivery.BuildId}", StringComparison.Ordinal)]));
        Assert.That(await ToldAsync(delivery, cancellationToken), Is.EqualTo(state));
    }

    [Test]
    public async Task Should_hear_no_more_than_it_takes(CancellationToken cancellationToken)
    {
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, "failure", new string('x', 1000), cancellationToken);
        Assert.That((string?)JsonNode.Parse(calls.Single()[calls.Single().IndexOf('{', StringComparison.Ordinal)..])!["description"], Has.Length.EqualTo(140).And.EndsWith("…"));
    }

    [Test]
    public async Task Should_hear_nothing_where_nobody_gave_a_token_or_nobody_listens(CancellationToken cancellationToken)
    {
        var (silent, one) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(silent with { StatusToken = null }, one, "success", "", cancellationToken);
        var (plain, other) = await DeliveredAsync("plain", web.Urls.Single(), cancellationToken);
        await TellAsync(plain, other, "success", "", cancellationToken);
        Assert.That(calls, Is.Empty);
    }

    [TestCase(403, 1, false)]
    [TestCase(502, 3, true)]
    [TestCase(302, 1, false)]
    public async Task Should_be_told_again_where_it_may_listen_another_time(int answer, int attempts, bool again, CancellationToken cancellationToken)
    {
        status = answer;
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, "success", "", cancellationToken);
        Assert.That(calls, Has.Count.EqualTo(attempts));
        Assert.That(await ToldAsync(delivery, cancellationToken), Does.StartWith("SLUG6220: 'success' could not be told (SLUG2215: ").And.Contains($"{answer}").And.Not.Contains("t0ken"));
        Assert.That(await deliveries.UntoldAsync(TimeProvider.System.GetUtcNow(), cancellationToken), Is.Empty);
        Assert.That(await deliveries.UntoldAsync(TimeProvider.System.GetUtcNow().AddMinutes(1), cancellationToken), Has.Count.EqualTo(again ? 1 : 0));
    }

    [TestCase(10, 10)]
    [TestCase(300, 60)]
    [TestCase(1441, 0)]
    public async Task Should_be_told_less_and_less_often_and_no_more_after_a_day(int minutes, int next, CancellationToken cancellationToken)
    {
        status = 502;
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, "success", "", cancellationToken, ended: TimeSpan.FromMinutes(minutes));
        async Task<int> DueInAsync(double later) => (await deliveries.UntoldAsync(TimeProvider.System.GetUtcNow().AddMinutes(later), cancellationToken)).Count;
        Assert.That((await DueInAsync(next - 0.5), await DueInAsync(next + 0.5)), Is.EqualTo((0, next == 0 ? 0 : 1)));
    }

    [Test]
    public async Task Should_be_told_once_it_listens(CancellationToken cancellationToken)
    {
        status = 502;
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, "success", "Released v1", cancellationToken);
        status = 201;
        var found = (await deliveries.UntoldAsync(DateTimeOffset.MaxValue, cancellationToken)).Single();
        await TellAsync(found.Hook, found.Delivery, "success", "Released v1", cancellationToken);
        Assert.That(await ToldAsync(delivery, cancellationToken), Is.EqualTo("success"));
        Assert.That(await deliveries.UntoldAsync(DateTimeOffset.MaxValue, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Should_not_be_told_where_it_is_beside_this_machine_and_nobody_allowed_that(CancellationToken cancellationToken)
    {
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        await TellAsync(hook, delivery, "success", "", cancellationToken, allow: "");
        Assert.That(calls, Is.Empty);
        Assert.That(await ToldAsync(delivery, cancellationToken), Does.Contain("SLUG2211"));
    }

    [TestCase("github", "https://github.com/me/hello.git", "https://api.github.com/")]
    [TestCase("github", "https://ghe.example/me/hello.git", "https://ghe.example/api/v3/")]
    [TestCase("gitlab", "https://gitlab.example:8443/me/hello.git", "https://gitlab.example:8443/api/v4/")]
    [TestCase("gitea", "http://gitea.example:3000/me/hello.git", "http://gitea.example:3000/api/v1/")]
    [TestCase("bitbucket-dc", "https://git.example/scm/me/hello.git", "https://git.example/rest/api/latest/")]
    [TestCase("bitbucket-dc", "https://example.org/bitbucket/scm/~me/hello.git", "https://example.org/bitbucket/rest/api/latest/")]
    [TestCase("bitbucket", "https://bitbucket.org/me/hello.git", "https://api.bitbucket.org/2.0/")]
    public void Its_API_is_found_by_the_repository_s_URL(string name, string repository, string api)
    {
        Assert.That(AllForges.TryFind(name, out var forge), Is.True);
        Assert.That(forge!.ApiOf(new(repository)).AbsoluteUri, Is.EqualTo(api));
    }

    [Test]
    public async Task Should_know_its_repository_where_it_lies_below_a_path_itself(CancellationToken cancellationToken)
    {
        var (hook, delivery) = await DeliveredAsync("gitlab", $"{web.Urls.Single()}/code/api/v4", cancellationToken, path: "/code/me/hello.git");
        await TellAsync(hook, delivery, "success", "", cancellationToken);
        Assert.That(calls.Single(), Does.StartWith($"POST /code/api/v4/projects/me%2Fhello/statuses/{Commit} "));
    }

    [Test]
    public async Task What_ended_while_it_was_thought_under_way_is_found_again(CancellationToken cancellationToken)
    {
        var (hook, delivery) = await DeliveredAsync("github", web.Urls.Single(), cancellationToken);
        var now = TimeProvider.System.GetUtcNow();
        await deliveries.TellAsync(delivery, CommitStatus.Pending, again: null, cancellationToken);
        Assert.That(await deliveries.UntoldAsync(DateTimeOffset.MaxValue, cancellationToken), Is.Empty);
        await deliveries.EndAsync(hook, delivery with { Status = DeliveryStatus.Failed, Reason = "why", FinishedAt = now }, now, cancellationToken);
        Assert.That((await deliveries.UntoldAsync(now, cancellationToken)).Select(found => (found.Delivery.Id, found.Delivery.Reason, found.Hook.StatusToken)), Is.EqualTo(new[] { (delivery.Id, "why", "t0ken") }));
    }

    private async Task TellAsync(Hook hook, Delivery delivery, string state, string description, CancellationToken cancellationToken, string allow = "127.0.0.0/8", TimeSpan ended = default)
    {
        var options = new RemoteOptions { Allow = allow, RetryDelay = TimeSpan.FromMilliseconds(1) };
        using var statuses = new CommitStatuses(new(options), options, new(options, TimeProvider.System), deliveries, TimeProvider.System, NullLogger<CommitStatuses>.Instance);
        if (state == CommitStatus.Pending)
            await statuses.TellBegunAsync(hook, delivery, cancellationToken);
        else
            await statuses.TellEndedAsync(
                hook,
                delivery with
                {
                    Status = state == CommitStatus.Success ? DeliveryStatus.Succeeded : DeliveryStatus.Failed,
                    Reason = description,
                    FinishedAt = TimeProvider.System.GetUtcNow() - ended,
                },
                cancellationToken);
    }

    private Task<string?> ToldAsync(Delivery delivery, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingle<string?>("select told from hook_deliveries where id = @Id", new { delivery.Id }), cancellationToken);

    private async Task<(Hook Hook, Delivery Delivery)> DeliveredAsync(string forge, string api, CancellationToken cancellationToken, string path = "/me/team/hello.git")
    {
        AllForges.TryFind(forge, out var kind);
        var hook = new Hook
        {
            Id = Guid.NewGuid(),
            App = await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("hello"), "tests", cancellationToken),
            Name = forge,
            Forge = kind!,
            Branch = "main",
            Urls = [web.Urls.Single() + path],
            Secret = HookSecret.Create(),
            StatusToken = "t0ken",
            Api = api,
            CreatedAt = TimeProvider.System.GetUtcNow(),
        };
        await hooks.CreateAsync(hook, "tests", cancellationToken);
        var delivery = new Delivery
        {
            Id = Guid.NewGuid(),
            HookId = hook.Id,
            Key = "delivery-1",
            Body = "",
            Status = DeliveryStatus.Accepted,
            Branch = "main",
            CommitId = Commit,
            Url = hook.Urls[0],
            Address = "https://slug.example",
            BuildId = Guid.NewGuid(),
            ReceivedAt = TimeProvider.System.GetUtcNow(),
        };
        await deliveries.AddAsync(hook, delivery, cancellationToken);
        return (hook, delivery);
    }

    private WebApplication Listener()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(async http =>
        {
            using var body = new StreamReader(http.Request.Body);
            var header = http.Request.Headers.ContainsKey("PRIVATE-TOKEN") ? "PRIVATE-TOKEN" : "Authorization";
            var target = http.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget;
            calls.Enqueue($"{http.Request.Method} {target} {header}={http.Request.Headers[header]} {await body.ReadToEndAsync()}");
            http.Response.StatusCode = status;
            http.Response.Headers.Location = "/elsewhere";
        });
        return app;
    }
}
