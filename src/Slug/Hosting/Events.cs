using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Webhooks.Outgoing;

namespace Slug.Hosting;

/// <summary>One line of what happened, kept for ever; written in the transaction that made it so.</summary>
internal static class Events
{
    /// <summary>Who did what nobody asked for.</summary>
    public const string Itself = "slug";

    public static int Append(IDbConnection db, TimeProvider time, string by, string kind, AppName? app, string? subject, string? detail = null)
    {
        var now = time.GetUtcNow();
        if (app is { } named)
            Outbox.Add(db, now, by, kind, named, subject);
        return db.Execute(
            "insert into events (at, actor, kind, app, subject, detail) values (@now, @by, @kind, @app, @subject, @detail)",
            new { now, by, kind, app = app?.ToString(), subject, detail });
    }
}
