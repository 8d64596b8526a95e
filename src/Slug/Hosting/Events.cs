using System.Data;
using Dapper;
using Slug.Apps;

namespace Slug.Hosting;

/// <summary>One line of what happened, kept for ever; written in the transaction that made it so.</summary>
internal static class Events
{
    public static int Append(IDbConnection db, TimeProvider time, string kind, AppName? app, string? subject, string? detail = null) =>
        db.Execute(
            "insert into events (at, kind, app, subject, detail) values (@now, @kind, @app, @subject, @detail)",
            new { now = time.GetUtcNow(), kind, app = app?.ToString(), subject, detail });
}
