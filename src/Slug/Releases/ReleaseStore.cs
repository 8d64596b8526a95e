using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets.Records;
using Slug.Hosting;

namespace Slug.Releases;

/// <summary>The releases of every app; the highest number is the current one.</summary>
internal sealed class ReleaseStore(Database database, ConfigVars configVars, TimeProvider time)
{
    private const string Columns = "select version, droplet, commit_id as CommitId, slug, description, actor as By, created_at as CreatedAt from releases";

    public Task<IReadOnlyList<Release>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Release>>(
            db => db.Query<Release>($"{Columns} where app_id = @Id order by version desc", new { app.Id }).AsList(), cancellationToken);

    public Task<Release?> FindCurrentAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync(db => Current(db, app), cancellationToken);

    /// <summary>The config vars of a release, as they were.</summary>
    public Task<IReadOnlyDictionary<string, string>> ConfigOfAsync(App app, Release release, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyDictionary<string, string>>(
            db => configVars.Open(app, db.Query<(string Name, string Value)>(
                "select key, value from json_each((select config from releases where app_id = @Id and version = @Version)) order by key", new { app.Id, release.Version })),
            cancellationToken);

    /// <summary>Makes the next release of a droplet that there is already, with the config vars of today.</summary>
    /// <param name="app">Whose release it is.</param>
    /// <param name="slug">A droplet of the app, or of another.</param>
    /// <param name="owner">Whose droplet it is: what is recorded of it is the app's from then on, too.</param>
    /// <param name="description">Of the release.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Null where a sweep took the droplet just before.</returns>
    public Task<Release?> DeployAsync(App app, ReleasedSlug slug, App owner, string description, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (!db.ExecuteScalar<bool>("select exists (select 1 from droplets where digest = @Droplet)", slug))
                    return null;
                if (owner.Id != app.Id)
                    DropletRecords.Share(db, slug.Droplet!, owner, app);
                Insert(db, app, slug, description, by);
                return Current(db, app);
            },
            cancellationToken);

    /// <summary>Makes the next release of an earlier one's droplet and config vars.</summary>
    public Task<Release> RollBackAsync(App app, Release to, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                db.Execute(
                    """
                    delete from config_vars where app_id = @Id;
                    insert into config_vars (app_id, name, value, sealed)
                    select @Id, key, value, 1 from json_each((select config from releases where app_id = @Id and version = @Version));
                    """,
                    new { app.Id, to.Version });
                Insert(db, app, ReleasedSlug.Of(to), $"Rollback to v{to.Version}", by);
                return Current(db, app)!;
            },
            cancellationToken);

    /// <summary>Makes the next release of a droplet, inside the transaction of the build that made it. Gives its number.</summary>
    public int Create(IDbConnection db, App app, Digest droplet, string commit, string description, string by) =>
        Insert(db, app, new(droplet.ToString(), commit, null), description, by);

    /// <summary>Removes all but each app's newest, inside a sweep's transaction. Gives their number.</summary>
    public static int Trim(IDbConnection db, int keep, TimeProvider time, string by)
    {
        var gone = db.Query<(string App, int Version)>(
            """
            select a.name, r.version from releases r join apps a on a.id = r.app_id
            where r.version <= (select max(version) from releases newest where newest.app_id = r.app_id) - @keep
            """,
            new { keep }).AsList();
        foreach (var (app, version) in gone)
            Events.Append(db, time, by, "release.removed", AppName.Parse(app), $"v{version}");
        return db.Execute(
            "delete from releases where version <= (select max(version) from releases newest where newest.app_id = releases.app_id) - @keep", new { keep });
    }

    /// <summary>Changes config vars (null removes one) and makes the next release of the current droplet with them.</summary>
    public Task<int> ConfigureAsync(App app, IReadOnlyDictionary<string, string?> changes, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                configVars.Change(db, app, changes);
                var current = Current(db, app);
                var description = $"{(changes.Values.Any(value => value is not null) ? "Set" : "Unset")} {string.Join(", ", changes.Keys.Order(StringComparer.Ordinal))} config vars";
                Events.Append(db, time, by, "config.changed", app.Name, null, string.Join(' ', changes.Select(change => change.Value is null ? $"-{change.Key}" : change.Key).Order(StringComparer.Ordinal)));
                return Insert(db, app, ReleasedSlug.Of(current), description, by);
            },
            cancellationToken);

    private static Release? Current(IDbConnection db, App app) =>
        db.QueryFirstOrDefault<Release>($"{Columns} where app_id = @Id order by version desc limit 1", new { app.Id });

    private int Insert(IDbConnection db, App app, ReleasedSlug slug, string description, string by)
    {
        var version = db.QuerySingle<int>(
            """
            insert into releases (app_id, version, droplet, commit_id, slug, description, config, sealed, actor, created_at)
            select @Id, coalesce(max(version), 0) + 1, @Droplet, @Commit, @Slug, @description,
                   (select json_group_object(name, value) from config_vars where app_id = @Id), 1, @by, @now
            from releases where app_id = @Id
            returning version
            """,
            new { app.Id, slug.Droplet, slug.Commit, slug.Slug, description, by, now = time.GetUtcNow() });
        Events.Append(db, time, by, "release.created", app.Name, $"v{version}", description);
        return version;
    }
}

/// <summary>What a release runs: a droplet, the commit it came of, and the slug as which it was uploaded, as far as there are such.</summary>
internal sealed record ReleasedSlug(string? Droplet, string? Commit, Guid? Slug)
{
    public static ReleasedSlug Of(Release? release) => new(release?.Droplet, release?.CommitId, release?.Slug);
}
