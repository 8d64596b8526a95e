using System.Data;
using Dapper;
using Slug.Apps;

namespace Slug.Hosting;

/// <summary>One line of what happened, kept for ever; written in the transaction that made it so.</summary>
internal static class Events
{
    /// <summary>Who did what nobody asked for.</summary>
    public const string Itself = "slug";

    public static int Append(IDbConnection db, TimeProvider time, string by, string kind, AppName? app, string? subject, string? detail = null) =>
        db.Execute(
            "insert into events (at, actor, kind, app, subject, detail) values (@now, @by, @kind, @app, @subject, @detail)",
            new { now = time.GetUtcNow(), by, kind, app = app?.ToString(), subject, detail });
}
