using Dapper;
using Slug.Hosting;

namespace Slug.Tokens;

/// <summary>Who is signed in to the dashboard: by a token, for as long as that is good and there is somebody at the browser.</summary>
internal sealed class SessionStore(Database database, TokenStore tokens, TimeProvider time)
{
    /// <summary>How long a session lasts that nobody uses.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    // As with tokens: most requests write nothing.
    private static readonly TimeSpan usesApart = TimeSpan.FromMinutes(1);

    /// <summary>What the session opens; null where there is none, or no longer.</summary>
    public async Task<Grant?> FindAsync(SessionId id, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var found = await database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>("select token, expires_at as ExpiresAt from sessions where hash = @Hash", new { id.Hash }), cancellationToken);
        if (found is null || found.ExpiresAt <= now || await tokens.FindAsync(found.Token, cancellationToken) is not { } grant)
            return null;
        var until = now + Lifetime;
        if (until - found.ExpiresAt > usesApart)
            await database.WriteAsync(db => db.Execute("update sessions set expires_at = @until where hash = @Hash", new { id.Hash, until }), cancellationToken);
        return grant;
    }

    /// <summary>The browser is signed in from here on.</summary>
    public Task<int> OpenAsync(SessionId id, Token token, Grant grant, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var now = time.GetUtcNow();
                db.Execute("delete from sessions where expires_at <= @now", new { now });
                Events.Append(db, time, grant.Name, "session.opened", null, grant.Name);
                return db.Execute(
                    "insert into sessions (hash, token, created_at, expires_at) values (@Hash, @token, @now, @until)",
                    new { id.Hash, token = token.Hash, now, until = now + Lifetime });
            },
            cancellationToken);

    /// <summary>The browser is signed out.</summary>
    public Task<int> CloseAsync(SessionId id, Grant grant, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => Events.Append(db, time, grant.Name, "session.closed", null, grant.Name) + db.Execute("delete from sessions where hash = @Hash", new { id.Hash }),
            cancellationToken);

    private sealed record Row
    {
        public required string Token { get; init; }

        public required DateTimeOffset ExpiresAt { get; init; }
    }
}
