using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Webhooks.Outgoing;

/// <summary>The outbox and what became of it.</summary>
internal sealed class DeliveryStore(Database database, WebhookStore webhooks, TimeProvider time)
{
    /// <summary>How long what has ended is kept to be looked at and sent again.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>How many of an app are listed.</summary>
    private const int Listed = 5000;

    private const string Columns =
        """
        select d.position, d.id, d.webhook_id as WebhookId, w.level, d.event_id as EventId, e.include, d.status, d.attempts, d.queued_at as QueuedAt, d.next_attempt_at as NextAttemptAt,
               d.attempt_id as AttemptId, d.attempt_code as AttemptCode, d.attempt_error as AttemptError, d.attempted_at as AttemptedAt, d.created_at as CreatedAt, d.updated_at as UpdatedAt
        from webhook_deliveries d join webhooks w on w.id = d.webhook_id join webhook_events e on e.id = d.event_id
        """;

    private const string EventColumns = "select id, include, action, actor, data, created_at as CreatedAt from webhook_events";

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<Delivery>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Delivery>>(
            db => db.Query<Delivery>($"{Columns} where w.app_id = @Id order by d.position desc limit @Listed", new { app.Id, Listed }).AsList(), cancellationToken);

    public Task<Delivery?> FindAsync(App app, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingleOrDefault<Delivery>($"{Columns} where w.app_id = @Id and d.id = @id", new { app.Id, id }), cancellationToken);

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<ToldEvent>> ListEventsAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<ToldEvent>>(
            db => db.Query<ToldEvent>($"{EventColumns} where app_id = @Id order by created_at desc, id desc limit @Listed", new { app.Id, Listed }).AsList(), cancellationToken);

    public Task<ToldEvent?> FindEventAsync(App app, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingleOrDefault<ToldEvent>($"{EventColumns} where app_id = @Id and id = @id", new { app.Id, id }), cancellationToken);

    /// <summary>The first of each webhook's deliveries that have not ended: those behind it wait for it.</summary>
    public Task<IReadOnlyList<DeliveryHead>> HeadsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<DeliveryHead>>(
            db => db.Query<DeliveryHead>(
                """
                select d.id, d.webhook_id as WebhookId, d.next_attempt_at as NextAttemptAt
                from (select min(position) as position from webhook_deliveries where next_attempt_at is not null group by webhook_id) head
                join webhook_deliveries d on d.position = head.position
                order by d.next_attempt_at
                """).AsList(),
            cancellationToken);

    /// <summary>All that an attempt needs; null where the delivery has ended or is gone.</summary>
    public Task<Parcel?> OpenAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<Delivery>($"{Columns} where d.id = @id and d.next_attempt_at is not null", new { id }) is { } delivery
                ? new Parcel(
                    delivery,
                    db.QuerySingle<ToldEvent>($"{EventColumns} where id = @EventId", new { delivery.EventId }),
                    webhooks.Open(db, delivery.WebhookId))
                : null,
            cancellationToken);

    /// <summary>Writes how an attempt ended, and when the next one is; that stays as it is where somebody asked for another meanwhile, which gave the delivery a new place.</summary>
    public Task<int> NoteAsync(Delivery delivery, Guid attempt, AttemptResult result, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var now = time.GetUtcNow();
                var next = result.Succeeded || delivery.Level == WebhookLevel.Notify ? null : Backoff.Next(now, delivery.QueuedAt, delivery.Attempts + 1, result.RetryAfter);
                var status = result.Succeeded ? DeliveryStatus.Succeeded : next is null ? DeliveryStatus.Failed : DeliveryStatus.Retrying;
                var noted = db.Execute(
                    """
                    update webhook_deliveries set status = iif(position = @Position, @status, status), next_attempt_at = iif(position = @Position, @next, next_attempt_at),
                        attempts = attempts + 1, updated_at = @now, attempt_id = @attempt, attempt_code = @Code, attempt_error = @Error, attempted_at = @now
                    where id = @Id
                    """,
                    new { delivery.Id, delivery.Position, status, next, now, attempt, Code = (int?)result.Code, result.Error });
                if (noted > 0 && status == DeliveryStatus.Failed && delivery.Level == WebhookLevel.Sync)
                    Events.Append(db, time, Events.Itself, "webhook.dead", WebhookStore.AppOf(db, delivery.WebhookId), delivery.Id.ToString(), result.Code is { } code ? $"answered with {(int)code}" : result.Error);
                return noted;
            },
            cancellationToken);

    /// <summary>Puts an attempt off that was not made.</summary>
    public Task<int> PutOffAsync(Delivery delivery, TimeSpan wait, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute("update webhook_deliveries set next_attempt_at = @next where id = @Id and position = @Position", new { delivery.Id, delivery.Position, next = time.GetUtcNow() + wait }), cancellationToken);

    /// <summary>Sends a delivery again, behind all that wait, and has those that wait tried now. A day is given to it as to a new one.</summary>
    public Task<int> SendAgainAsync(App app, Delivery delivery, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var now = time.GetUtcNow();
                Events.Append(db, time, by, "webhook.redelivered", app.Name, delivery.Id.ToString());
                db.Execute(
                    """
                    update webhook_deliveries set status = @Pending, queued_at = @now, next_attempt_at = @now, updated_at = @now,
                        position = (select max(position) + 1 from webhook_deliveries)
                    where id = @Id
                    """,
                    new { delivery.Id, DeliveryStatus.Pending, now });
                return Hurry(db, delivery.WebhookId, now);
            },
            cancellationToken);

    /// <summary>Has all that wait for a webhook tried now, inside the caller's transaction.</summary>
    public static int Hurry(IDbConnection db, Guid webhook, DateTimeOffset now) =>
        db.Execute("update webhook_deliveries set next_attempt_at = @now where webhook_id = @webhook and next_attempt_at > @now", new { webhook, now });

    /// <summary>Forgets what ended long ago, and the webhooks of apps that are gone once all of theirs has ended, inside a sweep's transaction. Gives the deliveries' number.</summary>
    public static int Trim(IDbConnection db, DateTimeOffset now)
    {
        var gone = db.Execute("delete from webhook_deliveries where next_attempt_at is null and updated_at < @oldest", new { oldest = now - Kept });
        db.Execute(
            """
            delete from webhooks where app_id not in (select id from apps) and id not in (select webhook_id from webhook_deliveries where next_attempt_at is not null);
            delete from webhook_events where id not in (select event_id from webhook_deliveries)
            """);
        return gone;
    }
}

/// <summary>The delivery that is a webhook's next, and when.</summary>
internal sealed record DeliveryHead(Guid Id, Guid WebhookId, DateTimeOffset NextAttemptAt);
