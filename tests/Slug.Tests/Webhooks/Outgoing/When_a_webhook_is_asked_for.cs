using System.Net;
using System.Text.Json;
using Slug.Tests.Platform;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Webhooks.Outgoing;

[CancelAfter(60_000)]
internal sealed class When_a_webhook_is_asked_for
{
    private PlatformScene scene = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => scene = await PlatformScene.StartAsync();

    [OneTimeTearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [TestCase("""{"include":["api:app"],"level":"sync"}""", "SLUG6250: '' is not a webhook's address")]
    [TestCase("""{"url":"ftp://example.org/","include":["api:app"],"level":"sync"}""", "SLUG6250: 'ftp://example.org/' is not")]
    [TestCase("""{"url":"http://10.1.2.3/hooks","include":["api:app"],"level":"sync"}""", "SLUG2211: the host '10.1.2.3' is '10.1.2.3', which is not a public address")]
    [TestCase("""{"url":"http://169.254.169.254/latest","include":["api:app"],"level":"sync"}""", "SLUG2211: ")]
    [TestCase("""{"url":"https://[::1]/","include":["api:app"],"level":"sync"}""", "SLUG2211: ")]
    [TestCase("""{"url":"http://9.9.9.9/","include":["api:app"],"level":"sync"}""", "SLUG2212: the host '9.9.9.9' is asked without TLS")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app","api:dyno"],"level":"sync"}""", "SLUG6251: 'api:dyno' is nothing that Slug tells webhooks; expected one or more of api:app, api:build, api:release")]
    [TestCase("""{"url":"http://127.0.0.1:9/","level":"sync"}""", "SLUG6251: the webhook includes nothing")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app",null],"level":"sync"}""", "SLUG6251: '' is nothing that Slug tells webhooks")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app"]}""", "SLUG6252: '' is not a level")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app"],"level":"sync","secret":"short"}""", "SLUG6253: ")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app"],"level":"sync","secret":"whsec_not base64"}""", "SLUG6253: ")]
    [TestCase("""{"url":"http://127.0.0.1:9/","include":["api:app"],"level":"sync","authorization":"Bearer\r\nX: y"}""", "SLUG6254: ")]
    public async Task Should_be_refused_with_what_is_wrong(string body, string message, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("POST", "/apps/mine/webhooks", body, cancellationToken);
        var error = await JsonAsync(response, cancellationToken);
        Assert.That((response.StatusCode, error.GetProperty("id").GetString()), Is.EqualTo((HttpStatusCode.UnprocessableEntity, "invalid_params")));
        Assert.That(error.GetProperty("message").GetString(), Does.StartWith(message).And.Not.Contains("not base64").And.Not.Contains("short"));
    }

    [Test]
    public async Task Should_be_told_its_secret_once_a_new_one_where_none_is_named(CancellationToken cancellationToken)
    {
        await scene.AppAsync("secretive");
        using var made = await scene.SendAsync("POST", "/apps/secretive/webhooks", """{"url":"http://127.0.0.1:9/","include":["api:app"],"level":"sync"}""", cancellationToken);
        var secret = made.Headers.GetValues("Heroku-Webhook-Secret").Single();
        Assert.That(secret, Does.Match("^whsec_[A-Za-z0-9+/]{43}=$"));
        using var list = await scene.SendAsync("GET", "/apps/secretive/webhooks", null, cancellationToken);
        Assert.That(await list.Content.ReadAsStringAsync(cancellationToken), Does.Contain("http://127.0.0.1:9/").And.Not.Contains("whsec_"));
    }

    [Test]
    public async Task Should_be_one_of_twenty_at_most(CancellationToken cancellationToken)
    {
        var app = await scene.AppAsync("talkative");
        for (var i = 0; i < WebhookStore.Most; i++)
            await scene.Of<WebhookStore>().CreateAsync(app, new("http://127.0.0.1:9/", null, null, Notice.Includes, WebhookLevel.Notify), "tests", cancellationToken);
        using var response = await scene.SendAsync("POST", "/apps/talkative/webhooks", """{"url":"http://127.0.0.1:9/","include":["api:app"],"level":"sync"}""", cancellationToken);
        Assert.That((await JsonAsync(response, cancellationToken)).GetProperty("message").GetString(), Does.StartWith("SLUG6258: the app 'talkative' has 20 webhooks"));
    }

    [Test]
    public async Task Should_not_be_found_by_another_app(CancellationToken cancellationToken)
    {
        await scene.AppAsync("neighbour");
        foreach (var path in (string[])["webhooks/{webhook}", "webhook-deliveries/{delivery}", "webhook-events/{event}"])
        {
            using var response = await scene.SendAsync("GET", $"/apps/neighbour/{path}", null, cancellationToken);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), path);
        }
    }

    [Test]
    public async Task Its_deliveries_are_listed_as_Heroku_s_command_line_asks_for_them(CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync();
        var app = await scene.AppAsync("listed");
        var webhook = (await scene.Of<WebhookStore>().CreateAsync(app, new(receiver.Url, null, null, Notice.Includes, WebhookLevel.Sync), "tests", cancellationToken))!;
        for (var i = 0; i < 3; i++)
        {
            await scene.Of<WebhookStore>().TestAsync(app, webhook, "tests", cancellationToken);
            await receiver.NextAsync(cancellationToken);
        }

        using var part = await scene.SendAsync("GET", "/apps/listed/webhook-deliveries", null, cancellationToken, "Range: seq ..; order=desc,max=2");
        var created = (await JsonAsync(part, cancellationToken)).EnumerateArray().Select(delivery => delivery.GetProperty("id").GetGuid()).ToList();
        Assert.That((part.StatusCode, created), Is.EqualTo((HttpStatusCode.PartialContent, created.OrderDescending().ToList())));
        using var failed = await scene.SendAsync("GET", "/apps/listed/webhook-deliveries?eq[status]=failed", null, cancellationToken);
        Assert.That((await JsonAsync(failed, cancellationToken)).GetArrayLength(), Is.Zero);
    }

    [Test]
    public async Task A_test_and_a_redelivery_are_sent(CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync();
        var app = await scene.AppAsync("tried");
        var webhook = (await scene.Of<WebhookStore>().CreateAsync(app, new(receiver.Url, null, null, [Notice.Release], WebhookLevel.Sync), "tests", cancellationToken))!;
        using var test = await scene.SendAsync("POST", $"/slug/apps/tried/webhooks/{webhook.Id}/test", null, cancellationToken);
        var first = await receiver.NextAsync(cancellationToken);
        using var again = await scene.SendAsync("POST", $"/slug/apps/tried/webhook-deliveries/{first.Delivery}/redeliver", null, cancellationToken);
        var second = await receiver.NextAsync(cancellationToken);
        Assert.That((test.StatusCode, again.StatusCode), Is.EqualTo((HttpStatusCode.Accepted, HttpStatusCode.Accepted)));
        Assert.That((first.Resource, second.Delivery), Is.EqualTo(("test create", first.Delivery)));
        Assert.That(first.Json.GetProperty("actor").GetProperty("email").GetString(), Does.StartWith("ann@"));
    }

    [Test]
    public async Task A_redelivery_that_is_asked_for_while_the_first_is_under_way_is_sent(CancellationToken cancellationToken)
    {
        await using var receiver = await Receiver.StartAsync();
        var rest = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = _ => rest.Task;
        var app = await scene.AppAsync("hasty");
        var webhook = (await scene.Of<WebhookStore>().CreateAsync(app, new(receiver.Url, null, null, [Notice.Release], WebhookLevel.Sync), "tests", cancellationToken))!;
        using var test = await scene.SendAsync("POST", $"/slug/apps/hasty/webhooks/{webhook.Id}/test", null, cancellationToken);
        var first = await receiver.NextAsync(cancellationToken);
        using var again = await scene.SendAsync("POST", $"/slug/apps/hasty/webhook-deliveries/{first.Delivery}/redeliver", null, cancellationToken);
        rest.SetResult();
        Assert.That((await receiver.NextAsync(cancellationToken)).Delivery, Is.EqualTo(first.Delivery));
    }

    [TestCase("/slug/apps/mine/webhooks/none/test", "SLUG6255: ")]
    [TestCase("/slug/apps/mine/webhook-deliveries/none/redeliver", "SLUG6256: ")]
    public async Task What_is_not_there_is_not_sent(string path, string message, CancellationToken cancellationToken)
    {
        using var response = await scene.SendAsync("POST", path, null, cancellationToken);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        Assert.That((await JsonAsync(response, cancellationToken)).GetProperty("detail").GetString(), Does.StartWith(message));
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize<JsonElement>(await response.Content.ReadAsStringAsync(cancellationToken));
}
