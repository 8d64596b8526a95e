using System.Data;
using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>Takes away droplets that no release refers to, with their layers. Rows go first, files when that is committed: what a crash leaves of them, the next sweep finds.</summary>
internal sealed class DropletSweep(Database database, OciLayout images, DamagedBlobs damaged, StoreTurn turn, Claims claims, TimeProvider time)
{
    /// <summary>What would go.</summary>
    public async Task<Swept> RehearseAsync(DropletLimits limits, Action<IDbConnection> before, CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        var rest = await database.RehearseAsync(db => Trim(db, limits, Events.Itself, before), cancellationToken);
        return Report(rest, await OrphansAsync(rest, cancellationToken));
    }

    /// <param name="limits">What is kept beside the droplets of releases.</param>
    /// <param name="by">Who asked for it.</param>
    /// <param name="before">Done in the same transaction, first.</param>
    /// <param name="cancellationToken">Ends it between two files.</param>
    public async Task<Swept> RunAsync(DropletLimits limits, string by, Action<IDbConnection> before, CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        var rest = await database.WriteAsync(db => Trim(db, limits, by, before), cancellationToken);
        var orphans = await OrphansAsync(rest, cancellationToken);
        var report = Report(rest, orphans);
        if (orphans.Count > 0)
            await images.ChangeIndexAsync(index => index with { Manifests = [.. index.Manifests.Where(named => rest.Manifests.Contains(named.Digest))] }, cancellationToken);
        foreach (var blob in orphans)
        {
            cancellationToken.ThrowIfCancellationRequested();
            images.Blobs.Delete(blob);
        }

        return report;
    }

    /// <summary>Removes the rows of what is past its limit, and gives what is left.</summary>
    public DropletRest Trim(IDbConnection db, DropletLimits limits, string by, Action<IDbConnection> before)
    {
        before(db);
        var claimed = claims.All;
        var idle = db.Query<IdleDroplet>(
            """
            select a.app_id as AppId, a.droplet, d.size from app_droplets a join droplets d on d.digest = a.droplet
            where a.droplet not in (select droplet from releases where droplet is not null)
            group by a.app_id, a.droplet order by max(a.created_at) desc, a.droplet
            """).Where(droplet => !claimed.Contains(droplet.Droplet)).ToList();
        var released = db.ExecuteScalar<long>("select coalesce(sum(size), 0) from droplets where digest in (select droplet from releases)");
        foreach (var outdated in limits.Outdated(idle, released).ToList())
            Remove(db, outdated, by);

        var removed = db.Query<Digest>(
            "select digest from droplets where digest not in (select droplet from app_droplets union select droplet from releases where droplet is not null)")
            .Where(droplet => !claimed.Contains(droplet)).ToList();
        db.Execute("delete from droplets where digest = @droplet", removed.Select(droplet => new { droplet }));
        ManifestBlobs.Trim(db);
        var layers = db.Query<Digest>(
            "select diff_id from layers where diff_id not in (select diff_id from droplet_layers union select diff_id from kept_steps union select run_layer from images)")
            .Where(layer => !claimed.Contains(layer)).ToList();
        db.Execute("delete from layers where diff_id = @layer", layers.Select(layer => new { layer }));
        db.Execute($"delete from damaged_blobs where blob not in ({DamagedBlobs.InUse})");
        return new(removed.Count, db.Query<Digest>("select manifest from droplets").ToHashSet(), db.Query<Digest>(DamagedBlobs.InUse).ToHashSet());
    }

    private void Remove(IDbConnection db, IdleDroplet droplet, string by)
    {
        Events.Append(db, time, by, "droplet.removed", AppName.Parse(db.QuerySingle<string>("select name from apps where id = @AppId", droplet)), droplet.Droplet.ToString());
        db.Execute("delete from app_droplets where app_id = @AppId and droplet = @Droplet", droplet);
    }

    private async Task<IReadOnlyList<Digest>> OrphansAsync(DropletRest rest, CancellationToken cancellationToken)
    {
        var kept = new HashSet<Digest>(rest.Blobs);
        foreach (var manifest in rest.Manifests)
            kept.UnionWith(await LayersOfAsync(manifest, cancellationToken));
        return [.. images.Blobs.List().Where(blob => !kept.Contains(blob))];
    }

    // A layer that was stored twice has the blob of the second time in its row, and that of the first in older manifests.
    private async Task<IEnumerable<Digest>> LayersOfAsync(Digest manifest, CancellationToken cancellationToken)
    {
        try
        {
            return (await images.ReadManifestAsync(manifest, cancellationToken))?.Layers.Select(layer => layer.Digest) ?? [];
        }
        catch (DamagedBlobException)
        {
            await damaged.AddAsync(manifest, cancellationToken);
            return [];
        }
        catch (InvalidDataException)
        {
            return [];
        }
    }

    private Swept Report(DropletRest rest, IReadOnlyList<Digest> orphans) => new("droplets", rest.Removed, orphans.Sum(blob => images.Blobs.Length(blob) ?? 0));
}

/// <summary>What a sweep removed and left.</summary>
internal sealed record DropletRest(int Removed, HashSet<Digest> Manifests, HashSet<Digest> Blobs);
