using Dapper;
using Slug.Content;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>Whose droplets are: one is visible through an app that made or released it.</summary>
internal sealed class DropletOwners(Database database)
{
    private const int Most = 20;

    /// <summary>Those whose digest begins with these hex digits, with their apps' names; each app of one.</summary>
    public Task<IReadOnlyList<OwnedDroplet>> FindAsync(string digits, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<OwnedDroplet>>(
            db => db.Query<OwnedDroplet>(
                """
                select o.droplet, a.name as App
                from (select app_id, droplet from app_droplets union select app_id, droplet from releases where droplet is not null) o join apps a on a.id = o.app_id
                where substr(o.droplet, 1, length(@prefix)) = @prefix order by o.droplet, a.name limit @Most
                """,
                new { prefix = $"sha256:{digits}", Most }).AsList(),
            cancellationToken);
}

/// <summary>A droplet and an app that has it.</summary>
internal sealed record OwnedDroplet
{
    public required Digest Droplet { get; init; }

    public required string App { get; init; }
}
