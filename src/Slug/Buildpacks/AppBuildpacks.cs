using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Hosting;

namespace Slug.Buildpacks;

/// <summary>The buildpacks that are set for an app, in order. As they were written: to be shown only as <see cref="BuildpackAddress"/> shows them.</summary>
internal sealed class AppBuildpacks(Database database, BuildpackCatalog catalog, TimeProvider time)
{
    private const int Most = 20;

    public Task<IReadOnlyList<string>> OfAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(db => Of(db, app), cancellationToken);

    /// <summary>Changes the list as one. Gives what it is then.</summary>
    /// <exception cref="BuildpackException">Something in it is no buildpack, or they are too many.</exception>
    public Task<IReadOnlyList<string>> ChangeAsync(
        App app, Func<IReadOnlyList<string>, IReadOnlyList<string>> change, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var set = Of(db, app);
                var changed = change(set);
                Check(changed, set);
                db.Execute("delete from app_buildpacks where app_id = @Id", new { app.Id });
                db.Execute(
                    "insert into app_buildpacks (app_id, position, address) values (@Id, @position, @address)",
                    changed.Select((address, position) => new { app.Id, position, address }));
                Events.Append(db, time, by, "app.buildpacks", app.Name, string.Join(' ', changed.Select(BuildpackAddress.Parse)));
                return changed;
            },
            cancellationToken);

    // What is set already was checked when it was.
    private void Check(IReadOnlyList<string> changed, List<string> set)
    {
        foreach (var address in changed.Except(set).Select(BuildpackAddress.Parse))
        {
            if (address.HoldsPassword)
                throw BuildpackException.HoldsPassword(address);
            if (address is BuildpackAddress.BuiltIn builtIn)
                catalog.Find(builtIn.Name);
        }

        if (changed.Count > Most)
            throw BuildpackException.TooMany("the setting", changed.Count, Most);
    }

    private static List<string> Of(IDbConnection db, App app) =>
        db.Query<string>("select address from app_buildpacks where app_id = @Id order by position", new { app.Id }).AsList();
}
