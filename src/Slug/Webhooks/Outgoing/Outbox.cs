using System.Data;
using Dapper;
using Slug.Apps;

namespace Slug.Webhooks.Outgoing;

/// <summary>What webhooks are to be told, written in the transaction that made it so: where that holds, the deliveries do.</summary>
internal static class Outbox
{
    /// <summary>Writes a delivery for each webhook of the app that wants to hear of such an event.</summary>
    public static void Add(IDbConnection db, DateTimeOffset now, string by, string kind, AppName app, string? subject)
    {
        if (Notice.Of(kind) is not { } notice)
            return;
        var webhooks = db.Query<(Guid App, Guid Id)>(
            "select a.id, w.id from apps a join webhooks w on w.app_id = a.id where a.name = @app and instr(' ' || w.include || ' ', ' ' || @Include || ' ') > 0 order by w.created_at",
            new { app, notice.Include }).AsList();
        if (webhooks.Count > 0)
            Add(db, now, by, notice, webhooks[0].App, subject, webhooks.Select(webhook => webhook.Id));
    }

    /// <summary>The same for webhooks that are named. Gives the deliveries' ids.</summary>
    public static IReadOnlyList<Guid> Add(IDbConnection db, DateTimeOffset now, string by, Notice notice, Guid app, string? subject, IEnumerable<Guid> webhooks)
    {
        var told = Guid.CreateVersion7(now);
        // An app may be gone at the end of the transaction; a build or a release is not yet what it will be.
        var data = notice.Include is Notice.Build or Notice.Release ? null : Snapshot.OfApp(db, app);
        db.Execute(
            "insert into webhook_events (id, app_id, include, action, actor, subject, data, created_at) values (@told, @app, @Include, @Action, @by, @subject, @data, @now)",
            new { told, app, notice.Include, notice.Action, by, subject, data, now });
        var deliveries = webhooks.Select(webhook => (Id: Guid.CreateVersion7(now), Webhook: webhook)).ToList();
        db.Execute(
            """
            insert into webhook_deliveries (id, webhook_id, event_id, status, queued_at, next_attempt_at, created_at, updated_at)
            values (@Id, @Webhook, @told, @Pending, @now, @now, @now, @now)
            """,
            deliveries.Select(delivery => new { delivery.Id, delivery.Webhook, told, DeliveryStatus.Pending, now }));
        return [.. deliveries.Select(delivery => delivery.Id)];
    }

    /// <summary>At the end of a transaction: writes what its events were done to, as it leaves it.</summary>
    public static void Complete(IDbConnection db)
    {
        foreach (var open in db.Query<OpenEvent>("select id, app_id as App, include, actor, subject from webhook_events where data is null").AsList())
        {
            if (Snapshot.Of(db, open.Include, open.App, open.Subject, open.Actor) is { } data)
                db.Execute("update webhook_events set data = @data where id = @Id", new { open.Id, data });
            else
                db.Execute("delete from webhook_events where id = @Id", new { open.Id });
        }
    }

    private sealed record OpenEvent
    {
        public required Guid Id { get; init; }

        public required Guid App { get; init; }

        public required string Include { get; init; }

        public required string Actor { get; init; }

        public string? Subject { get; init; }
    }
}
