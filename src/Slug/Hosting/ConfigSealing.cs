using System.Data;
using System.Text.Json;
using Dapper;
using Slug.Api;
using Slug.Apps;

namespace Slug.Hosting;

/// <summary>At start: makes the key of the config vars where there is nothing to open yet, seals what an older version kept in the open, and tries the key.</summary>
internal sealed class ConfigSealing(Database database, ConfigKey key, ILogger<ConfigSealing> log)
{
    private const string Sample =
        """
        select app_id as App, name, value from config_vars where sealed = 1
        union all
        select app_id, key, json_each.value from releases, json_each(config) where sealed = 1
        union all
        select id, 'url', url from webhooks
        union all
        select app_id, 'hook/' || id || '/secret', secret from hooks
        limit 1
        """;

    /// <exception cref="InvalidDataDirectoryException">The key is missing, or is not the one that values were sealed with.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var sample = await database.ReadAsync(db => db.QueryFirstOrDefault<Variable>(Sample), cancellationToken);
        if (sample is not null)
            key.Open(sample.App, sample.Name, sample.Value);
        else if (!key.Exists)
            key.Make();
        var values = await database.WriteAsync(db => SealVariables(db) + SealReleases(db), cancellationToken);
        if (values == 0)
            return;
        await database.ScrubAsync(cancellationToken);
        log.ConfigVarsSealed(values);
    }

    private int SealVariables(IDbConnection db)
    {
        var open = db.Query<Variable>("select app_id as App, name, value from config_vars where sealed = 0").AsList();
        return db.Execute(
            "update config_vars set value = @value, sealed = 1 where app_id = @App and name = @Name",
            open.Select(variable => new { variable.App, variable.Name, value = key.Seal(variable.App, variable.Name, variable.Value) }));
    }

    private int SealReleases(IDbConnection db)
    {
        var open = db.Query<Snapshot>("select app_id as App, version, config from releases where sealed = 0").AsList();
        return db.Execute(
            "update releases set config = @config, sealed = 1 where app_id = @App and version = @Version",
            open.Select(release => new { release.App, release.Version, config = Seal(release) }));
    }

    private string Seal(Snapshot release)
    {
        var values = JsonSerializer.Deserialize(release.Config, ApiJson.Default.IReadOnlyDictionaryStringString)!;
        return JsonSerializer.Serialize(
            values.ToDictionary(variable => variable.Key, variable => key.Seal(release.App, variable.Key, variable.Value)),
            ApiJson.Default.IReadOnlyDictionaryStringString);
    }

    private sealed record Variable
    {
        public required Guid App { get; init; }

        public required string Name { get; init; }

        public required string Value { get; init; }
    }

    private sealed record Snapshot
    {
        public required Guid App { get; init; }

        public required int Version { get; init; }

        public required string Config { get; init; }
    }
}
