using System.Text.Json;
using Dapper;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>Reports of bootstraps, each an event that is kept for ever.</summary>
internal sealed class BootstrapEvents(Database database, TimeProvider time)
{
    public Task<int> AppendAsync(BootstrapReport report, string by, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => Events.Append(db, time, by, "bootstrap.ended", app: null, report.Commit, JsonSerializer.Serialize(report, BootstrapJson.Default.BootstrapReport)),
            cancellationToken);

    /// <summary>The latest first.</summary>
    public Task<IReadOnlyList<BootstrapReport>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<BootstrapReport>>(
            db => [.. db.Query<string>("select detail from events where kind = 'bootstrap.ended' order by id desc limit 50")
                .Select(json => JsonSerializer.Deserialize(json, BootstrapJson.Default.BootstrapReport)!)],
            cancellationToken);
}
