using System.Threading.Channels;
using Dapper;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Wire;
using Slug.Droplets.Listings;
using Slug.Droplets.Records;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>
/// Compresses layers that came as tars: once the pusher has the answer, or as soon as somebody wants the droplet as an image.
/// Until then the droplet is an image of tars, and whole. Before that it lists the files of new layers.
/// </summary>
internal sealed class LateCompression(
    Database database, OciLayout images, LayerStore layers, DropletStore droplets, DropletListings listings, StoreTurn turn, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<LateCompression> log) : BackgroundService
{
    // For who has read a row and not yet opened the file that it names.
    private static readonly TimeSpan grace = TimeSpan.FromMinutes(1);

    private readonly SharedWork<Digest> compressing = new();
    private readonly Channel<bool> pushes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Queue<ReplacedBlob> replaced = new();

    /// <summary>A push has ended.</summary>
    public void Wake() => pushes.Writer.TryWrite(true);

    /// <summary>A droplet whose manifest will not change any more, after the wait that this takes; null where there is none.</summary>
    public async Task<Droplet?> FindAsync(Digest digest, CancellationToken cancellationToken)
    {
        var droplet = await droplets.FindAsync(digest, cancellationToken);
        if (droplet is not { IsCompressed: false })
            return droplet;
        try
        {
            foreach (var layer in await droplets.LayersAsync(digest, cancellationToken))
                await CompressAsync(layer, cancellationToken);
            await SettleAsync(digest, cancellationToken);
        }
        catch (IOException obstacle)
        {
            // A damaged layer is known as such from here on; a full disk leaves the image of tars.
            log.LeftForLater(digest, obstacle);
        }

        return await droplets.FindAsync(digest, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            foreach (var layer in await listings.MissingAsync(stoppingToken))
                await TryAsync(layer.DiffId, () => listings.MakeAsync(layer, stoppingToken));
            foreach (var layer in await WaitingAsync(stoppingToken))
                await TryAsync(layer.DiffId, () => CompressAsync(layer, stoppingToken));
            foreach (var droplet in await UnsettledAsync(stoppingToken))
                await TryAsync(droplet, () => SettleAsync(droplet, stoppingToken));
            await RemoveReplacedAsync(stoppingToken);
            using var wait = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            var due = replaced.TryPeek(out var next) ? TimeSpan.FromTicks(Math.Max(0, (next.At + grace - time.GetUtcNow()).Ticks)) : Timeout.InfiniteTimeSpan;
            await Task.WhenAny(pushes.Reader.ReadAsync(wait.Token).AsTask(), Task.Delay(due, time, wait.Token));
            await wait.CancelAsync();
        }
    }

    private async Task TryAsync(Digest what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (IOException obstacle)
        {
            log.LeftForLater(what, obstacle);
        }
    }

    private Task CompressAsync(Layer layer, CancellationToken cancellationToken) =>
        layer.Form == LayerForm.Zstd
            ? Task.CompletedTask
            : compressing.DoAsync(layer.DiffId, () => layers.CompressAsync(layer, lifetime.ApplicationStopping), cancellationToken);

    // Those of builds under way are left alone: their pushers wait.
    private Task<List<Layer>> WaitingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Query<Layer>(
                $"{LayerStore.Columns} where blob = diff_id and (diff_id in (select diff_id from droplet_layers) or diff_id in (select diff_id from kept_steps)) order by created_at").AsList(),
            cancellationToken);

    private Task<List<Digest>> UnsettledAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.Query<Digest>("select digest from droplets where not is_compressed").AsList(), cancellationToken);

    /// <summary>Makes the manifest of compressed layers, where all of them are.</summary>
    private async Task SettleAsync(Digest digest, CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        var stored = await droplets.LayersAsync(digest, cancellationToken);
        if (await droplets.FindAsync(digest, cancellationToken) is not { IsCompressed: false } droplet || stored.Any(layer => layer.Form == LayerForm.Tar))
            return;
        var manifest = await droplets.WriteManifestAsync(digest, stored, cancellationToken);
        await database.WriteAsync(
            db =>
            {
                db.Execute("update droplets set manifest = @manifest, size = @size, is_compressed = 1 where digest = @digest", new { digest, manifest, size = stored.Sum(layer => layer.BlobSize) });
                DropletRecords.Settle(db, digest, manifest, stored);
                return true;
            },
            cancellationToken);
        foreach (var blob in stored.Select(layer => layer.DiffId).Append(droplet.Manifest))
            replaced.Enqueue(new(blob, time.GetUtcNow()));
    }

    private async Task RemoveReplacedAsync(CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        var inUse = await database.ReadAsync(db => db.Query<Digest>(DamagedBlobs.InUse).ToHashSet(), cancellationToken);
        while (replaced.TryPeek(out var next) && next.At + grace <= time.GetUtcNow())
        {
            if (replaced.Dequeue().Blob is var blob && !inUse.Contains(blob))
                images.Blobs.Delete(blob);
        }
    }

    private sealed record ReplacedBlob(Digest Blob, DateTimeOffset At);
}
