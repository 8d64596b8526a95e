using System.Data;
using System.Text.Json;
using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Hosting;

namespace Slug.Droplets.Records;

/// <summary>The records of droplets: one for each build that made one, kept as long as the droplet. An app that releases another's has it, too.</summary>
internal sealed class DropletRecords(Database database)
{
    /// <summary>The newest record of a droplet that the app has; null where an older Slug made it, which kept none.</summary>
    public Task<DropletRecord?> FindAsync(App app, Digest droplet, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => Read(db.QueryFirstOrDefault<string>(
                "select record from droplet_records where droplet = @droplet and app_id = @Id order by created_at desc, build_id desc limit 1", new { droplet, app.Id })),
            cancellationToken);

    /// <summary>Keeps a record, inside the transaction that makes its droplet.</summary>
    public static void Add(IDbConnection db, DropletRecord record) =>
        db.Execute(
            "insert into droplet_records (build_id, app_id, droplet, record, created_at) values (@Build, @AppId, @Droplet, @json, @FinishedAt)",
            new { record.Build, record.AppId, record.Droplet, record.FinishedAt, json = JsonSerializer.Serialize(record, RecordJson.Default.DropletRecord) });

    /// <summary>Gives the newest record of an app's droplet to another that releases it, inside the transaction that does so.</summary>
    public static void Share(IDbConnection db, string droplet, App from, App to) =>
        db.Execute(
            """
            insert or ignore into droplet_records (build_id, app_id, droplet, record, created_at)
            select build_id, @to, droplet, record, created_at from droplet_records where droplet = @droplet and app_id = @from order by created_at desc, build_id desc limit 1
            """,
            new { droplet, from = from.Id, to = to.Id });

    /// <summary>A droplet's layers were compressed: its records say so, inside the transaction that makes it so.</summary>
    public static void Settle(IDbConnection db, Digest droplet, Digest manifest, IEnumerable<Layer> layers)
    {
        foreach (var json in db.Query<string>("select record from droplet_records where droplet = @droplet", new { droplet }).AsList())
        {
            var settled = Read(json)! with { Manifest = manifest, Layers = [.. layers.Select(RecordedLayer.Of)] };
            db.Execute(
                "update droplet_records set record = @json where build_id = @Build and droplet = @droplet",
                new { settled.Build, droplet, json = JsonSerializer.Serialize(settled, RecordJson.Default.DropletRecord) });
        }
    }

    private static DropletRecord? Read(string? json) => json is null ? null : JsonSerializer.Deserialize(json, RecordJson.Default.DropletRecord);
}
