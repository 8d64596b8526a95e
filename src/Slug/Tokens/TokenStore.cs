using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Tokens;

/// <summary>The tokens that are good, by their hashes.</summary>
internal sealed class TokenStore(Database database, DataDirectory data, TimeProvider time)
{
    /// <summary>The operator's token, which the service makes and keeps in a file.</summary>
    public const string AdminName = "admin";

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private const string Columns =
        "select t.name, a.name as App, t.scopes, t.created_at as CreatedAt, t.expires_at as ExpiresAt, t.used_at as UsedAt from tokens t left join apps a on a.id = t.app_id";

    // Who looks at the list wants the day, not the request: most requests write nothing.
    private static readonly TimeSpan usesApart = TimeSpan.FromMinutes(1);

    /// <summary>What the token opens; null where it is none, or no longer.</summary>
    public Task<Grant?> FindAsync(Token token, CancellationToken cancellationToken) => FindAsync(token.Hash, cancellationToken);

    /// <summary>The same, of a token whose hash was kept.</summary>
    public async Task<Grant?> FindAsync(string hash, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await database.ReadAsync(db => db.QuerySingleOrDefault<Row>($"{Columns} where t.hash = @hash", new { hash })?.ToKept(), cancellationToken);
        if (found is null || found.ExpiresAt <= now)
            return null;
        if (found.UsedAt is not { } used || now - used > usesApart)
            await database.WriteAsync(db => db.Execute("update tokens set used_at = @now where hash = @hash", new { hash, now }), cancellationToken);
        return found.Grant;
    }

    /// <summary>The app of that id, or of the build of that id; null where there is neither.</summary>
    public Task<AppName?> AppOfAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<string>("select name from apps where id = coalesce((select app_id from builds where id = @id), @id)", new { id }) is { } name ? AppName.Parse(name) : (AppName?)null,
            cancellationToken);

    public Task<IReadOnlyList<KeptToken>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<KeptToken>>(db => [.. db.Query<Row>($"{Columns} order by t.created_at, t.name").Select(row => row.ToKept())], cancellationToken);

    /// <summary>Makes a token. Null where there is one of that name.</summary>
    public Task<Token?> CreateAsync(Grant grant, DateTimeOffset? expiresAt, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var token = Token.Create();
                if (Insert(db, token, grant, expiresAt) == 0)
                    return (Token?)null;
                Events.Append(db, time, by, "token.created", grant.App, grant.Name, grant.ToString());
                return token;
            },
            cancellationToken);

    /// <summary>From here on the token opens nothing. False where there is none of that name.</summary>
    public Task<bool> RevokeAsync(string name, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var revoked = db.Execute("delete from tokens where name = @name", new { name }) > 0;
                if (revoked)
                    Events.Append(db, time, by, "token.revoked", null, name);
                return revoked;
            },
            cancellationToken);

    /// <summary>Where its file is not there: makes the admin token, which takes the place of the one before, and writes it where only the operator reads it.</summary>
    public async Task EnsureAdminAsync(CancellationToken cancellationToken)
    {
        if (File.Exists(data.Token))
            return;
        var token = Token.Create();
        await database.WriteAsync(
            db =>
            {
                db.Execute("delete from tokens where name = @AdminName", new { AdminName });
                Events.Append(db, time, Events.Itself, "token.created", null, AdminName, "its file was not there");
                return Insert(db, token, new(AdminName, null, new HashSet<Scope> { Scope.Admin }), null);
            },
            cancellationToken);
        var unfinished = data.Token + ".new";
        await using (var file = new FileStream(unfinished, new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        await using (var writer = new StreamWriter(file))
            await writer.WriteLineAsync(token.Reveal());
        File.Move(unfinished, data.Token);
    }

    private int Insert(IDbConnection db, Token token, Grant grant, DateTimeOffset? expiresAt) =>
        db.Execute(
            """
            insert into tokens (hash, name, scopes, app_id, expires_at, created_at)
            values (@Hash, @Name, @scopes, (select id from apps where name = @app), @expiresAt, @now) on conflict (name) do nothing
            """,
            new { token.Hash, grant.Name, scopes = string.Join(' ', grant.Scopes.Order()), app = grant.App?.ToString(), expiresAt, now = time.GetUtcNow() });

    private sealed record Row
    {
        public required string Name { get; init; }

        public string? App { get; init; }

        public required string Scopes { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? ExpiresAt { get; init; }

        public DateTimeOffset? UsedAt { get; init; }

        public KeptToken ToKept() =>
            new(new(Name, App is null ? null : AppName.Parse(App), Scopes.Split(' ').Select(scope => Enum.Parse<Scope>(scope, ignoreCase: true)).ToHashSet()), CreatedAt, ExpiresAt, UsedAt);
    }
}

/// <summary>A token as it is kept: without its secret.</summary>
internal sealed record KeptToken(Grant Grant, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? UsedAt);
