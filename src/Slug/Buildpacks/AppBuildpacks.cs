using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Buildpacks;

/// <summary>The buildpacks that are set for an app, in order. As they were written: to be shown only as <see cref="BuildpackAddress"/> shows them.</summary>
internal sealed class AppBuildpacks(Database database, TimeProvider time)
{
    public Task<IReadOnlyList<string>> OfAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(db => Of(db, app), cancellationToken);

    /// <summary>Changes the list as one. Gives what it is then.</summary>
    public Task<IReadOnlyList<string>> ChangeAsync(
        App app, Func<IReadOnlyList<string>, IReadOnlyList<string>> change, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var changed = change(Of(db, app));
                db.Execute("delete from app_buildpacks where app_id = @Id", new { app.Id });
                db.Execute(
                    "insert into app_buildpacks (app_id, position, address) values (@Id, @position, @address)",
                    changed.Select((address, position) => new { app.Id, position, address }));
                Events.Append(db, time, by, "app.buildpacks", app.Name, string.Join(' ', changed.Select(BuildpackAddress.Parse)));
                return changed;
            },
            cancellationToken);

    private static List<string> Of(IDbConnection db, App app) =>
        db.Query<string>("select address from app_buildpacks where app_id = @Id order by position", new { app.Id }).AsList();
}
