using Dapper;
using Slug.Apps;
using Slug.Hosting;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Webhooks.Incoming;

/// <summary>The hooks there are, their secrets sealed as config vars are.</summary>
internal sealed class HookStore(Database database, ConfigKey key, TimeProvider time)
{
    public const string Columns =
        """
        select h.id, h.app_id as AppId, a.name as AppName, a.created_at as AppCreatedAt, a.folder, h.name, h.forge, h.branch, h.urls, h.secret, h.login, h.token,
               h.status_token as StatusToken, h.api, h.created_at as CreatedAt
        from hooks h join apps a on a.id = h.app_id
        """;

    public async Task<IReadOnlyList<Hook>> ListAsync(App app, CancellationToken cancellationToken) =>
        [.. (await database.ReadAsync(db => db.Query<HookRow>($"{Columns} where h.app_id = @Id order by h.name", new { app.Id }).AsList(), cancellationToken)).Select(Open)];

    public async Task<Hook?> FindAsync(string app, string name, CancellationToken cancellationToken) =>
        await database.ReadAsync(db => db.QuerySingleOrDefault<HookRow>($"{Columns} where a.name = @app and h.name = @name", new { app, name }), cancellationToken) is { } row
            ? Open(row)
            : null;

    /// <summary>Makes a hook; false where the app has one of that name.</summary>
    public Task<bool> CreateAsync(Hook hook, string by, CancellationToken cancellationToken)
    {
        var row = new
        {
            hook.Id,
            appId = hook.App.Id,
            hook.Name,
            forge = hook.Forge.Name,
            hook.Branch,
            urls = string.Join(' ', hook.Urls),
            secret = Seal(hook, "secret", hook.Secret.Reveal()),
            hook.Credentials?.Login,
            token = Seal(hook, "token", hook.Credentials?.Password),
            statusToken = Seal(hook, "status-token", hook.StatusToken),
            hook.Api,
            hook.CreatedAt,
        };
        return database.WriteAsync(
            db =>
            {
                var created = db.Execute(
                    """
                    insert into hooks (id, app_id, name, forge, branch, urls, secret, login, token, status_token, api, created_at)
                    values (@Id, @appId, @Name, @forge, @Branch, @urls, @secret, @Login, @token, @statusToken, @Api, @CreatedAt)
                    on conflict (app_id, name) do nothing
                    """,
                    row) > 0;
                if (created)
                    Events.Append(db, time, by, "webhook.created", hook.App.Name, hook.Name, $"{hook.Forge.Name}, branch {hook.Branch}");
                return created;
            },
            cancellationToken);
    }

    /// <summary>Removes a hook and what it received; false where there was none.</summary>
    public Task<bool> RemoveAsync(App app, string name, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var removed = db.Execute("delete from hooks where app_id = @Id and name = @name", new { app.Id, name }) > 0;
                if (removed)
                    Events.Append(db, time, by, "webhook.removed", app.Name, name);
                return removed;
            },
            cancellationToken);

    public Hook Open(HookRow row)
    {
        var app = new App { Id = row.AppId, Name = AppName.Parse(row.AppName), CreatedAt = row.AppCreatedAt, Folder = row.Folder };
        string? Opened(string what, string? text) => text is null ? null : key.Open(app.Id, NameOf(row.Id, what), text);
        return new()
        {
            Id = row.Id,
            App = app,
            Name = row.Name,
            Forge = AllForges.TryFind(row.Forge, out var forge) ? forge : throw new InvalidDataException($"'{row.Forge}' is no forge"),
            Branch = row.Branch,
            Urls = row.Urls.Split(' '),
            Secret = HookSecret.Read(Opened("secret", row.Secret)!)!,
            Credentials = row.Token is null ? null : new(row.Login!, Opened("token", row.Token)!),
            StatusToken = Opened("status-token", row.StatusToken),
            Api = row.Api,
            CreatedAt = row.CreatedAt,
        };
    }

    private string? Seal(Hook hook, string what, string? text) => text is null ? null : key.Seal(hook.App.Id, NameOf(hook.Id, what), text);

    // No config var has a slash in its name.
    private static string NameOf(Guid hook, string what) => $"hook/{hook:D}/{what}";
}

/// <summary>A hook as it is kept.</summary>
internal sealed record HookRow
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    public required string AppName { get; init; }

    public required DateTimeOffset AppCreatedAt { get; init; }

    public SourceFolder Folder { get; init; }

    public required string Name { get; init; }

    public required string Forge { get; init; }

    public required string Branch { get; init; }

    public required string Urls { get; init; }

    public required string Secret { get; init; }

    public string? Login { get; init; }

    public string? Token { get; init; }

    public string? StatusToken { get; init; }

    public string? Api { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
