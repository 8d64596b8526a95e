using System.Net;
using Dapper;
using Slug.Webhooks.Outgoing;

namespace Slug.Tests.Webhooks.Outgoing;

[CancelAfter(60_000)]
public sealed class When_a_webhook_s_target_fails
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
    public async Task It_is_tried_again_after_five_seconds_and_twice_as_long_each_time_up_to_an_hour_and_is_dead_after_a_day(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.NotFound);
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        for (var attempt = 1; ; attempt++)
        {
            var delivery = await scene.DeliveryAsync(delivery => delivery.Attempts == attempt, cancellationToken);
            Assert.That((await receiver.NextAsync(cancellationToken)).Delivery, Is.EqualTo($"{delivery.Id}"));
            if (delivery.NextAttemptAt is not { } next)
            {
                Assert.That((delivery.Status, scene.Time.GetUtcNow() - delivery.CreatedAt), Is.EqualTo((DeliveryStatus.Failed, TimeSpan.FromDays(1))));
                Assert.That(await scene.EventsAsync("webhook.dead"), Is.EqualTo((string[])[$"hello {delivery.Id} answered with 404"]));
                return;
            }

            var (wait, expected) = ((next - scene.Time.GetUtcNow()).TotalSeconds, Math.Min(5 * Math.Pow(2, attempt - 1), 3600));
            Assert.That((delivery.Status, delivery.AttemptCode), Is.EqualTo((DeliveryStatus.Retrying, 404)));
            Assert.That(wait, next == delivery.CreatedAt.AddDays(1) ? Is.LessThan(expected * 1.2) : Is.InRange(expected * 0.8, expected * 1.2), $"after attempt {attempt}");
            await scene.AdvanceToAsync(next, cancellationToken);
        }
    }

    [Test]
    public async Task Those_behind_it_wait_and_come_in_order(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.InternalServerError);
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("one", "two", "three");
        var failed = await scene.DeliveryAsync(delivery => delivery.Attempts == 1, cancellationToken);
        receiver.Answer = Receiver.With(HttpStatusCode.OK);
        await scene.AdvanceToAsync(failed.NextAttemptAt!.Value, cancellationToken);
        var actors = new List<string>();
        for (var i = 0; i < 4; i++)
            actors.Add((await receiver.NextAsync(cancellationToken)).Json.GetProperty("actor").GetProperty("email").GetString()!.Split('@')[0]);
        Assert.That(actors, Is.EqualTo((string[])["one", "one", "two", "three"]));
    }

    [Test]
    public async Task Who_is_to_be_notified_is_tried_once(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.InternalServerError);
        await scene.AddAsync(receiver.Url, WebhookLevel.Notify);
        await scene.ChangeAsync("one", "two");
        await scene.DeliveryAsync(delivery => delivery.Position == 2 && delivery.Status == DeliveryStatus.Failed, cancellationToken);
        Assert.That((await scene.Deliveries.ListAsync(scene.App, cancellationToken)).Select(delivery => (delivery.Status, delivery.Attempts)), Is.All.EqualTo((DeliveryStatus.Failed, 1)));
        Assert.That((receiver.Count, (await scene.EventsAsync("webhook.dead")).Count), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task Its_circuit_opens_and_those_of_others_do_not(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.ServiceUnavailable);
        await using var other = await Receiver.StartAsync();
        await scene.AddAsync(receiver.Url, WebhookLevel.Notify);
        await scene.AddAsync(other.Url, WebhookLevel.Notify);
        await scene.ChangeAsync("1", "2", "3", "4", "5", "6", "7");
        var putOff = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Pending && delivery.NextAttemptAt > scene.Time.GetUtcNow(), cancellationToken);
        for (var i = 0; i < 7; i++)
            await other.NextAsync(cancellationToken);
        Assert.That((receiver.Count, putOff.Attempts, putOff.NextAttemptAt - scene.Time.GetUtcNow()), Is.EqualTo((TargetCircuits.Failures, 0, TargetCircuits.Break)));
        receiver.Answer = Receiver.With(HttpStatusCode.OK);
        await scene.AdvanceToAsync(putOff.NextAttemptAt!.Value, cancellationToken);
        for (var i = 0; i < 7; i++)
            await receiver.NextAsync(cancellationToken);
        Assert.That((await scene.DeliveryAsync(delivery => delivery.Id == putOff.Id && delivery.Attempts > 0, cancellationToken)).Status, Is.EqualTo(DeliveryStatus.Succeeded));
    }

    [Test]
    public async Task One_that_does_not_answer_in_time_has_failed(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.Never;
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        await receiver.NextAsync(cancellationToken);
        await scene.AdvanceToAsync(scene.Time.GetUtcNow() + TargetCircuits.Patience, cancellationToken);
        var failed = await scene.DeliveryAsync(delivery => delivery.Attempts == 1, cancellationToken);
        Assert.That((failed.Status, failed.AttemptCode, failed.AttemptError), Is.EqualTo((DeliveryStatus.Retrying, (int?)null, AttemptResult.Timeout)));
    }

    [Test]
    public async Task One_that_is_not_there_has_failed(CancellationToken cancellationToken)
    {
        var gone = receiver.Url;
        await receiver.DisposeAsync();
        await scene.AddAsync(gone, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        Assert.That((await scene.DeliveryAsync(delivery => delivery.Attempts == 1, cancellationToken)).AttemptError, Is.EqualTo(AttemptResult.ConnectionFailed));
    }

    [Test]
    public async Task One_whose_name_nobody_knows_has_failed(CancellationToken cancellationToken)
    {
        await scene.AddAsync("https://no-such-host.invalid/hooks", WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        Assert.That((await scene.DeliveryAsync(delivery => delivery.Attempts == 1, cancellationToken)).AttemptError, Is.EqualTo(AttemptResult.HostNotFound));
    }

    [Test]
    public async Task A_redirection_is_not_followed(CancellationToken cancellationToken)
    {
        receiver.Answer = http =>
        {
            http.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        };
        await scene.AddAsync(receiver.Url, WebhookLevel.Notify);
        await scene.ChangeAsync("anna");
        var failed = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Failed, cancellationToken);
        Assert.That((failed.AttemptCode, receiver.Count), Is.EqualTo((302, 1)));
    }

    [Test]
    public async Task An_address_of_this_network_is_not_sent_to_whatever_its_name_was_before(CancellationToken cancellationToken)
    {
        await scene.AddAsync(receiver.Url.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), WebhookLevel.Notify);
        await scene.StartAsync(allow: "");
        await scene.ChangeAsync("anna");
        var failed = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Failed, cancellationToken);
        Assert.That((failed.AttemptError, receiver.Count), Is.EqualTo((AttemptResult.AddressRefused, 0)));
    }

    [Test]
    public async Task It_is_left_alone_for_as_long_as_it_asks(CancellationToken cancellationToken)
    {
        receiver.Answer = http =>
        {
            (http.Response.StatusCode, http.Response.Headers.RetryAfter) = (429, "600");
            return Task.CompletedTask;
        };
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        var failed = await scene.DeliveryAsync(delivery => delivery.Attempts == 1, cancellationToken);
        Assert.That(failed.NextAttemptAt - scene.Time.GetUtcNow(), Is.EqualTo(TimeSpan.FromMinutes(10)));
    }

    [Test]
    public async Task What_was_sent_and_not_noted_is_sent_again_as_the_same_delivery(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.Never;
        await scene.AddAsync(receiver.Url, WebhookLevel.Notify);
        await scene.ChangeAsync("anna");
        var first = await receiver.NextAsync(cancellationToken);
        receiver.Answer = Receiver.With(HttpStatusCode.OK);
        await scene.StartAsync();
        var second = await receiver.NextAsync(cancellationToken);
        Assert.That(second.Delivery, Is.EqualTo(first.Delivery));
        await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Succeeded, cancellationToken);
    }

    [Test]
    public async Task A_dead_delivery_is_sent_again_when_somebody_asks(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.Gone);
        await scene.AddAsync(receiver.Url, WebhookLevel.Notify);
        await scene.ChangeAsync("anna");
        var dead = await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Failed, cancellationToken);
        receiver.Answer = Receiver.With(HttpStatusCode.OK);
        await scene.Deliveries.SendAgainAsync(scene.App, dead, "ben", cancellationToken);
        await scene.DeliveryAsync(delivery => delivery.Id == dead.Id && delivery.Status == DeliveryStatus.Succeeded && delivery.Attempts == 2, cancellationToken);
        Assert.That(await scene.EventsAsync("webhook.redelivered"), Is.EqualTo((string[])[$"hello {dead.Id} "]));
    }

    [Test]
    public async Task A_webhook_that_is_corrected_is_tried_at_once(CancellationToken cancellationToken)
    {
        receiver.Answer = Receiver.With(HttpStatusCode.NotFound);
        await using var right = await Receiver.StartAsync();
        var webhook = await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.ChangeAsync("anna");
        await scene.DeliveryAsync(delivery => delivery.Status == DeliveryStatus.Retrying, cancellationToken);
        await scene.Webhooks.ChangeAsync(scene.App, webhook, new(right.Url, null, null, null, null), "anna", cancellationToken);
        await right.NextAsync(cancellationToken);
    }

    [Test]
    public async Task A_webhook_that_cannot_be_opened_does_not_stop_the_others_and_rests_for_a_minute(CancellationToken cancellationToken)
    {
        var sealedElsewhere = await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        await scene.AddAsync(receiver.Url, WebhookLevel.Sync);
        var url = await scene.Database.ReadAsync(db => db.QuerySingle<string>("select url from webhooks where id = @Id", new { sealedElsewhere.Id }), cancellationToken);
        await SealAsync(sealedElsewhere, "damaged", cancellationToken);
        await scene.ChangeAsync("anna");
        var first = await receiver.NextAsync(cancellationToken);
        await scene.Time.WaiterAsync(scene.Time.GetUtcNow().AddMinutes(1), cancellationToken);
        await SealAsync(sealedElsewhere, url, cancellationToken);
        await scene.AdvanceToAsync(scene.Time.GetUtcNow().AddMinutes(1), cancellationToken);
        Assert.That((await receiver.NextAsync(cancellationToken)).Delivery, Is.Not.EqualTo(first.Delivery));
    }

    private Task<int> SealAsync(Webhook webhook, string url, CancellationToken cancellationToken) =>
        scene.Database.WriteAsync(db => db.Execute("update webhooks set url = @url where id = @Id", new { webhook.Id, url }), cancellationToken);
}
