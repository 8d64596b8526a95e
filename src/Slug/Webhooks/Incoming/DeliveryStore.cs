using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Webhooks.Incoming;

/// <summary>What came in by hooks. Those that are accepted and have not ended are the queue: a crash loses none.</summary>
internal sealed class DeliveryStore(Database database, HookStore hooks, TimeProvider time)
{
    /// <summary>Kept of each hook. What is older is known no more by its id, but the branch's head is looked at before anything is built.</summary>
    private const int Most = 1000;

    private const string Columns =
        """
        select d.id, d.hook_id as HookId, d.key, d.body, d.status, d.reason, d.branch, d.commit_id as CommitId, d.url, d.address, d.attempts,
               d.build_id as BuildId, d.told, d.trace, d.received_at as ReceivedAt, d.finished_at as FinishedAt
        from hook_deliveries d
        """;

    public Task<IReadOnlyList<Delivery>> ListAsync(Hook hook, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Delivery>>(
            db => db.Query<Delivery>($"{Columns} where d.hook_id = @Id order by d.received_at desc, d.id desc limit 100", new { hook.Id }).AsList(), cancellationToken);

    /// <summary>Takes a delivery in, once. One that failed before its build may come again.</summary>
    public Task<Receipt> AddAsync(Hook hook, Delivery delivery, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.QuerySingleOrDefault<Delivery>($"{Columns} where d.hook_id = @HookId and d.key = @Key", delivery) is { } known)
                    return Again(db, known, new Receipt.Known(known));
                if (delivery.Body.Length > 0 && db.QueryFirstOrDefault<Delivery>($"{Columns} where d.hook_id = @HookId and d.body = @Body", delivery) is { } other)
                    return Again(db, other, new Receipt.Replayed(other.Key));
                db.Execute(
                    """
                    insert into hook_deliveries (id, hook_id, key, body, status, reason, branch, commit_id, url, address, trace, received_at, finished_at)
                    values (@Id, @HookId, @Key, @Body, @Status, @Reason, @Branch, @CommitId, @Url, @Address, @Trace, @ReceivedAt, @FinishedAt)
                    """,
                    delivery);
                db.Execute(
                    "delete from hook_deliveries where hook_id = @HookId and finished_at is not null and id not in (select id from hook_deliveries where hook_id = @HookId order by id desc limit @Most)",
                    new { delivery.HookId, Most });
                Events.Append(db, time, hook.By, "webhook.received", hook.App.Name, delivery.Id.ToString(), delivery.Reason ?? $"{delivery.Branch} {delivery.CommitId}");
                return new Receipt.Taken(delivery);
            },
            cancellationToken);

    /// <summary>All that have not ended, the oldest first, with their hooks.</summary>
    public Task<IReadOnlyList<WaitingDelivery>> WaitingAsync(CancellationToken cancellationToken) =>
        WithHooksAsync("d.status in (@Accepted, @Building)", new { DeliveryStatus.Accepted, DeliveryStatus.Building }, cancellationToken);

    /// <summary>Those whose end their forge was to be told before this time, and was not.</summary>
    public Task<IReadOnlyList<WaitingDelivery>> UntoldAsync(DateTimeOffset due, CancellationToken cancellationToken) =>
        WithHooksAsync("d.tell_at <= @due", new { due }, cancellationToken);

    /// <summary>From where a commit was fetched; null where no hook tells it any more.</summary>
    public async Task<Origin?> OriginOfAsync(App app, ObjectId commit, CancellationToken cancellationToken) =>
        await WithHooksAsync("d.commit_id = @commit and d.hook_id in (select id from hooks where app_id = @Id)", new { app.Id, commit = commit.ToString() }, cancellationToken) is [.., var last]
            ? new(new(last.Delivery.Url!), last.Hook.Credentials)
            : null;

    /// <summary>Whether the hook received this commit of this branch, to be built.</summary>
    public Task<bool> HasTakenAsync(Hook hook, string branch, string commit, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ExecuteScalar<bool>(
                "select exists (select 1 from hook_deliveries where hook_id = @Id and branch = @branch and commit_id = @commit and status <> @Ignored and not (status = @Failed and build_id is null))",
                new { hook.Id, branch, commit, DeliveryStatus.Ignored, DeliveryStatus.Failed }),
            cancellationToken);

    /// <summary>Writes that it is begun once more; false where it does not stand any more as it is known here.</summary>
    public Task<bool> BeginAsync(Delivery delivery, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute(
                "update hook_deliveries set status = @Building, attempts = attempts + 1, build_id = null where id = @Id and status = @Status and attempts = @Attempts",
                new { delivery.Id, DeliveryStatus.Building, delivery.Status, delivery.Attempts }) > 0,
            cancellationToken);

    public Task<int> BuildAsync(Delivery delivery, Guid build, CancellationToken cancellationToken) =>
        database.WriteAsync(db => db.Execute("update hook_deliveries set build_id = @build where id = @Id", new { delivery.Id, build }), cancellationToken);

    /// <summary>Writes how it ended, and when the forge is told where it is not told at once. A build has events of its own.</summary>
    public Task<int> EndAsync(Hook hook, Delivery ended, DateTimeOffset? tellAt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (ended.Status == DeliveryStatus.Failed && ended.BuildId is null)
                    Events.Append(db, time, hook.By, "webhook.failed", hook.App.Name, ended.Id.ToString(), ended.Reason);
                return db.Execute(
                    "update hook_deliveries set status = @Status, reason = @Reason, build_id = @BuildId, finished_at = @FinishedAt, tell_at = @tellAt where id = @Id",
                    new { ended.Id, ended.Status, ended.Reason, ended.BuildId, ended.FinishedAt, tellAt });
            },
            cancellationToken);

    /// <summary>Writes what the forge was told, or why not, and when it is told again.</summary>
    public Task<int> TellAsync(Delivery delivery, string? told, DateTimeOffset? again, CancellationToken cancellationToken) =>
        database.WriteAsync(db => db.Execute("update hook_deliveries set told = coalesce(@told, told), tell_at = @again where id = @Id", new { delivery.Id, told, again }), cancellationToken);

    // What failed before its build may come again.
    private static Receipt Again(IDbConnection db, Delivery known, Receipt otherwise)
    {
        if (known is not { Status: DeliveryStatus.Failed, BuildId: null })
            return otherwise;
        db.Execute("update hook_deliveries set status = @Accepted, reason = null, attempts = 0, finished_at = null, tell_at = null where id = @Id", new { known.Id, DeliveryStatus.Accepted });
        return new Receipt.Taken(known with { Status = DeliveryStatus.Accepted, Reason = null });
    }

    private async Task<IReadOnlyList<WaitingDelivery>> WithHooksAsync(string which, object parameters, CancellationToken cancellationToken)
    {
        var (deliveries, rows) = await database.ReadAsync(
            db =>
            {
                var found = db.Query<Delivery>($"{Columns} where {which} order by d.received_at, d.id", parameters).AsList();
                return (found, db.Query<HookRow>($"{HookStore.Columns} where h.id in (select d.hook_id from hook_deliveries d where {which})", parameters).ToDictionary(row => row.Id));
            },
            cancellationToken);
        return [.. deliveries.Select(delivery => new WaitingDelivery(delivery, hooks.Open(rows[delivery.HookId])))];
    }
}

/// <summary>A delivery and the hook that it came by.</summary>
internal sealed record WaitingDelivery(Delivery Delivery, Hook Hook);

/// <summary>Whether a delivery is new.</summary>
internal abstract record Receipt
{
    private Receipt()
    {
    }

    internal sealed record Taken(Delivery Delivery) : Receipt;

    /// <summary>It was here before: what became of it stands.</summary>
    internal sealed record Known(Delivery Delivery) : Receipt;

    /// <summary>Its body came before, under another id.</summary>
    internal sealed record Replayed(string Key) : Receipt;
}
