using Dapper;
using Slug.Hosting;

namespace Slug.Apps;

/// <summary>The apps there are.</summary>
internal sealed class AppStore(Database database, TimeProvider time)
{
    private const string Columns = "select id, name, created_at as CreatedAt, folder from apps";

    public Task<IReadOnlyList<App>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<App>>(
            db => db.Query<App>($"{Columns} order by name").AsList(), cancellationToken);

    public Task<App?> FindAsync(AppName name, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<App>($"{Columns} where name = @name", new { name }),
            cancellationToken);

    public Task<App?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingleOrDefault<App>($"{Columns} where id = @id", new { id }), cancellationToken);

    /// <summary>The app of that name, made now where there was none. Two askers at once get the same one.</summary>
    public Task<App> FindOrCreateAsync(AppName name, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var created = db.Execute(
                    "insert into apps (id, name, created_at) values (@id, @name, @now) on conflict (name) do nothing",
                    new { id = Guid.CreateVersion7(time.GetUtcNow()), name, now = time.GetUtcNow() });
                if (created > 0)
                    Events.Append(db, time, by, "app.created", name, null);
                return db.QuerySingle<App>($"{Columns} where name = @name", new { name });
            },
            cancellationToken);

    /// <summary>Null where another app has that name.</summary>
    public Task<App?> RenameAsync(App app, AppName name, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.Execute("update or ignore apps set name = @name where id = @Id", new { app.Id, name }) == 0)
                    return null;
                Events.Append(db, time, by, "app.changed", name, $"name {name}, before it {app.Name}");
                return app with { Name = name };
            },
            cancellationToken);

    /// <summary>Sets what of the app's repository is built from now on.</summary>
    public Task<App> SetFolderAsync(App app, SourceFolder folder, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                db.Execute("update apps set folder = @folder where id = @Id", new { app.Id, folder });
                Events.Append(db, time, by, "app.changed", app.Name, $"dir {folder}");
                return app with { Folder = folder };
            },
            cancellationToken);

    /// <summary>Removes the app and all rows of it; false where there was none.</summary>
    public Task<bool> DestroyAsync(App app, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.ExecuteScalar<int>("select count(*) from apps where id = @Id", new { app.Id }) == 0)
                    return false;
                Events.Append(db, time, by, "app.destroyed", app.Name, null);
                return db.Execute("delete from apps where id = @Id", new { app.Id }) > 0;
            },
            cancellationToken);
}
