using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Webhooks.Outgoing;

/// <summary>The outgoing webhooks of all apps. Address, secret and authorization are sealed as config vars are.</summary>
internal sealed class WebhookStore(Database database, ConfigKey key, TimeProvider time)
{
    /// <summary>Of one app: each is a delivery for each event.</summary>
    public const int Most = 20;

    private const string Columns =
        "select id, app_id as AppId, url, secret, authorization, include, level, created_at as CreatedAt, updated_at as UpdatedAt from webhooks";

    public Task<IReadOnlyList<Webhook>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Webhook>>(
            db => [.. db.Query<Row>($"{Columns} where app_id = @Id order by created_at, id", new { app.Id }).Select(Open)], cancellationToken);

    public Task<Webhook?> FindAsync(App app, Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>($"{Columns} where app_id = @Id and id = @id", new { app.Id, id }) is { } row ? Open(row) : null, cancellationToken);

    /// <summary>Makes a webhook. Null where the app has as many as it may.</summary>
    public Task<Webhook?> CreateAsync(App app, WebhookWish wish, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.ExecuteScalar<int>("select count(*) from webhooks where app_id = @Id", new { app.Id }) >= Most)
                    return null;
                var now = time.GetUtcNow();
                var webhook = new Webhook
                {
                    Id = Guid.CreateVersion7(now),
                    AppId = app.Id,
                    Address = wish.Address!,
                    Secret = wish.Secret ?? Signatures.NewSecret(),
                    Authorization = wish.Authorization,
                    Include = wish.Include!,
                    Level = wish.Level!,
                    CreatedAt = now,
                    UpdatedAt = now,
                };
                Write(db, webhook);
                Events.Append(db, time, by, "webhook.subscribed", app.Name, webhook.Id.ToString(), $"{string.Join(' ', webhook.Include)}, {webhook.Level}");
                return webhook;
            },
            cancellationToken);

    /// <summary>Changes what the wish names. What waits is tried at once: it may go better now.</summary>
    public Task<Webhook> ChangeAsync(App app, Webhook webhook, WebhookWish wish, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var now = time.GetUtcNow();
                var changed = webhook with
                {
                    Address = wish.Address ?? webhook.Address,
                    Secret = wish.Secret ?? webhook.Secret,
                    Authorization = wish.Authorization ?? webhook.Authorization,
                    Include = wish.Include ?? webhook.Include,
                    Level = wish.Level ?? webhook.Level,
                    UpdatedAt = now,
                };
                Write(db, changed);
                DeliveryStore.Hurry(db, webhook.Id, now);
                Events.Append(db, time, by, "webhook.changed", app.Name, webhook.Id.ToString(), $"{string.Join(' ', changed.Include)}, {changed.Level}");
                return changed;
            },
            cancellationToken);

    /// <summary>Removes a webhook, and what waits for it.</summary>
    public Task<int> RemoveAsync(App app, Webhook webhook, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var removed = db.Execute("delete from webhooks where id = @Id", new { webhook.Id });
                if (removed > 0)
                    Events.Append(db, time, by, "webhook.unsubscribed", app.Name, webhook.Id.ToString());
                return removed;
            },
            cancellationToken);

    /// <summary>A delivery that tells of nothing, to try a webhook. Gives its id.</summary>
    public Task<Guid> TestAsync(App app, Webhook webhook, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(db => Outbox.Add(db, time.GetUtcNow(), by, Notice.Test, app.Id, null, [webhook.Id]).Single(), cancellationToken);

    public Webhook Open(IDbConnection db, Guid id) => Open(db.QuerySingle<Row>($"{Columns} where id = @id", new { id }));

    /// <summary>The app of a webhook; null where it is gone.</summary>
    public static AppName? AppOf(IDbConnection db, Guid id) =>
        db.QuerySingleOrDefault<string>("select a.name from webhooks w join apps a on a.id = w.app_id where w.id = @id", new { id }) is { } name ? AppName.Parse(name) : null;

    private void Write(IDbConnection db, Webhook webhook) =>
        db.Execute(
            """
            insert into webhooks (id, app_id, url, secret, authorization, include, level, created_at, updated_at)
            values (@Id, @AppId, @url, @secret, @authorization, @include, @Level, @CreatedAt, @UpdatedAt)
            on conflict (id) do update set url = excluded.url, secret = excluded.secret, authorization = excluded.authorization,
                include = excluded.include, level = excluded.level, updated_at = excluded.updated_at
            """,
            new
            {
                webhook.Id,
                webhook.AppId,
                url = key.Seal(webhook.Id, "url", webhook.Address),
                secret = key.Seal(webhook.Id, "secret", webhook.Secret),
                authorization = webhook.Authorization is { } value ? key.Seal(webhook.Id, "authorization", value) : null,
                include = string.Join(' ', webhook.Include),
                webhook.Level,
                webhook.CreatedAt,
                webhook.UpdatedAt,
            });

    private Webhook Open(Row row) => new()
    {
        Id = row.Id,
        AppId = row.AppId,
        Address = key.Open(row.Id, "url", row.Url),
        Secret = key.Open(row.Id, "secret", row.Secret),
        Authorization = row.Authorization is { } value ? key.Open(row.Id, "authorization", value) : null,
        Include = row.Include.Split(' '),
        Level = row.Level,
        CreatedAt = row.CreatedAt,
        UpdatedAt = row.UpdatedAt,
    };

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid AppId { get; init; }

        public required string Url { get; init; }

        public required string Secret { get; init; }

        public string? Authorization { get; init; }

        public required string Include { get; init; }

        public required string Level { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }
    }
}

/// <summary>What a webhook is to be; what is null stays as it is.</summary>
internal sealed record WebhookWish(string? Address, string? Secret, string? Authorization, IReadOnlyList<string>? Include, string? Level);
