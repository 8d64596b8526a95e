using System.Security.Cryptography;
using System.Text;
using Dapper;
using Slug.Apps;
using Slug.Hosting;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Webhooks.Outgoing;

[CancelAfter(60_000)]
public sealed class When_an_app_s_webhooks_are_told
{
    private OutgoingScene scene = null!;
    private Receiver receiver = null!;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await OutgoingScene.CreateAsync();
        receiver = await Receiver.StartAsync();
        await scene.StartAsync();
    }

    [TearDown]
    public async Task StopAsync()
    {
        await scene.DisposeAsync();
        await receiver.DisposeAsync();
    }

    [Test]
    public async Task Each_delivery_is_signed_as_Heroku_does_and_as_Standard_Webhooks_has_it(CancellationToken cancellationToken)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        var secret = $"whsec_{Convert.ToBase64String(key)}";
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync, secret);
        await scene.ChangeAsync("anna");
        var came = await receiver.NextAsync(cancellationToken);
        var content = Encoding.UTF8.GetBytes($"{came.Headers["webhook-id"]}.{came.Headers["webhook-timestamp"]}.").Concat(came.Body).ToArray();
        Assert.Multiple(() =>
        {
            Assert.That(came.Headers["Heroku-Webhook-Hmac-SHA256"], Is.EqualTo(Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), came.Body))));
            Assert.That(came.Headers["webhook-signature"], Is.EqualTo($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, content))}"));
            Assert.That(came.Headers["webhook-timestamp"], Is.EqualTo($"{scene.Time.GetUtcNow().ToUnixTimeSeconds()}"));
        });
    }

    [Test]
    public async Task A_payload_says_what_was_done_by_whom_and_which_delivery_it_is(CancellationToken cancellationToken)
    {
        var webhook = await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        var came = await receiver.NextAsync(cancellationToken);
        var delivery = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Succeeded, cancellationToken);
        var (json, metadata) = (came.Json, came.Json.GetProperty("webhook_metadata"));
        Assert.Multiple(() =>
        {
            Assert.That(json.EnumerateObject().Select(member => member.Name), Is.EquivalentTo((string[])
                ["id", "action", "actor", "created_at", "data", "previous_data", "published_at", "resource", "sequence", "updated_at", "version", "webhook_metadata"]));
            Assert.That(came.Resource, Is.EqualTo("app update"));
            Assert.That(json.GetProperty("actor").GetProperty("email").GetString(), Does.StartWith("anna@"));
            Assert.That(json.GetProperty("data").GetProperty("name").GetString(), Is.EqualTo("hello"));
            Assert.That(metadata.GetProperty("webhook").GetProperty("id").GetGuid(), Is.EqualTo(webhook.Id));
            Assert.That(metadata.GetProperty("delivery").GetProperty("id").GetGuid(), Is.EqualTo(delivery.Id));
            Assert.That(metadata.GetProperty("attempt").GetProperty("id").GetGuid(), Is.EqualTo(delivery.AttemptId));
            Assert.That(metadata.GetProperty("event").GetProperty("include").GetString(), Is.EqualTo("api:app"));
            Assert.That(came.Delivery, Is.EqualTo($"{delivery.Id}"));
            Assert.That(came.Headers["Content-Type"], Is.EqualTo("application/json"));
            Assert.That((delivery.Attempts, delivery.AttemptCode), Is.EqualTo((1, 204)));
        });
    }

    [Test]
    public async Task A_build_is_told_as_its_transaction_leaves_it_and_a_test_run_is_not_told(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await BuildAsync(isTest: true, "failed");
        var build = await BuildAsync(isTest: false, "failed");
        var came = await receiver.NextAsync(cancellationToken);
        var data = came.Json.GetProperty("data");
        Assert.That((came.Resource, data.GetProperty("id").GetGuid(), data.GetProperty("status").GetString()), Is.EqualTo(("build update", build, "failed")));
        Assert.That(data.GetProperty("source_blob").GetProperty("version").GetString(), Is.EqualTo("c0ffee"));
        await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Succeeded, cancellationToken);
        Assert.That(await scene.Deliveries.ListAsync(scene.App, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Nothing_is_told_of_what_was_taken_back(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        var failing = scene.Database.WriteAsync<int>(
            db =>
            {
                Events.Append(db, scene.Time, "anna", "app.changed", scene.App.Name, null);
                throw new InvalidOperationException("after the event");
            },
            cancellationToken);
        Assert.That(async () => await failing, Throws.InvalidOperationException);
        await scene.ChangeAsync("ben");
        Assert.That((await receiver.NextAsync(cancellationToken)).Json.GetProperty("actor").GetProperty("email").GetString(), Does.StartWith("ben@"));
        Assert.That(await scene.Deliveries.ListAsync(scene.App, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_webhook_hears_of_its_own_app_and_of_what_it_includes(CancellationToken cancellationToken)
    {
        var other = await new AppStore(scene.Database, scene.Time).FindOrCreateAsync(AppName.Parse("other"), "anna", cancellationToken);
        await scene.Webhooks.CreateAsync(other, new(receiver.Url, null, null, Notice.Includes, WebhookLevel.Sync), "anna", cancellationToken);
        await scene.Webhooks.CreateAsync(scene.App, new(receiver.Url, null, null, [Notice.Release], WebhookLevel.Sync), "anna", cancellationToken);
        await scene.ChangeAsync("anna");
        Assert.That(await scene.Deliveries.HeadsAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task The_end_of_an_app_is_told_when_the_app_is_gone_and_then_its_webhooks_are_forgotten(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await new AppStore(scene.Database, scene.Time).DestroyAsync(scene.App, "anna", cancellationToken);
        var came = await receiver.NextAsync(cancellationToken);
        Assert.That((came.Resource, came.Json.GetProperty("data").GetProperty("name").GetString()), Is.EqualTo(("app destroy", "hello")));
        await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Succeeded, cancellationToken);
        await scene.Database.WriteAsync(db => DeliveryStore.Trim(db, scene.Time.GetUtcNow()), cancellationToken);
        Assert.That(await scene.Webhooks.ListAsync(scene.App, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Authorization_is_sent_as_it_was_given(CancellationToken cancellationToken)
    {
        await scene.Webhooks.CreateAsync(scene.App, new(receiver.Url, null, "Bearer of-the-receiver", Notice.Includes, WebhookLevel.Sync), "anna", cancellationToken);
        await scene.ChangeAsync("anna");
        Assert.That((await receiver.NextAsync(cancellationToken)).Headers["Authorization"], Is.EqualTo("Bearer of-the-receiver"));
    }

    [Test]
    public async Task Address_and_secrets_are_sealed_in_the_database(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync, "of-nobody-else");
        var rows = await scene.Database.ReadAsync(db => db.Query<string>("select url || secret from webhooks").AsList(), cancellationToken);
        Assert.That(rows.Single(), Does.Not.Contain("S3CRET").And.Not.Contains("of-nobody-else"));
        Assert.That((await scene.Webhooks.ListAsync(scene.App, cancellationToken)).Single().Address, Is.EqualTo(receiver.Url));
    }

    [Test]
    public async Task What_is_done_to_a_webhook_is_an_event_that_names_no_address(CancellationToken cancellationToken)
    {
        var webhook = await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.Webhooks.ChangeAsync(scene.App, webhook, new(null, null, null, [Notice.Build], WebhookLevel.Notify), "ben", cancellationToken);
        await scene.Webhooks.RemoveAsync(scene.App, webhook, "ben", cancellationToken);
        Assert.Multiple(async () =>
        {
            Assert.That(await scene.EventsAsync("webhook.subscribed"), Is.EqualTo((string[])[$"hello {webhook.Id} api:app api:build api:release, sync"]));
            Assert.That(await scene.EventsAsync("webhook.changed"), Is.EqualTo((string[])[$"hello {webhook.Id} api:build, notify"]));
            Assert.That(await scene.EventsAsync("webhook.unsubscribed"), Is.EqualTo((string[])[$"hello {webhook.Id} "]));
        });
    }

    [Test]
    public async Task What_ended_is_kept_for_thirty_days(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        var ended = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Succeeded, cancellationToken);
        Assert.That(await TrimAsync(ended.UpdatedAt.AddDays(30), cancellationToken), Is.Zero);
        Assert.That(await TrimAsync(ended.UpdatedAt.AddDays(30).AddSeconds(1), cancellationToken), Is.EqualTo(1));
        Assert.That(await scene.Deliveries.ListEventsAsync(scene.App, cancellationToken), Is.Empty);
        Assert.That(await scene.Webhooks.ListAsync(scene.App, cancellationToken), Has.Count.EqualTo(1));
    }

    private Task<int> TrimAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        scene.Database.WriteAsync(db => DeliveryStore.Trim(db, now), cancellationToken);

    // The event comes before the row, as it may within a transaction.
    private async Task<Guid> BuildAsync(bool isTest, string status)
    {
        var id = Guid.CreateVersion7();
        await scene.Database.WriteAsync(
            db =>
            {
                Events.Append(db, scene.Time, "anna", $"build.{status}", scene.App.Name, id.ToString());
                return db.Execute(
                    "insert into builds (id, app_id, status, branch, commit_id, tree_id, is_test, created_at) values (@id, @appId, @status, 'main', 'c0ffee', 'tree', @isTest, @now)",
                    new { id, appId = scene.App.Id, status, isTest, now = scene.Time.GetUtcNow() });
            },
            CancellationToken.None);
        return id;
    }
}
