using System.Data;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>The layers of all droplets: known by the sha256 of their tar, stored as zstd.</summary>
internal sealed class LayerStore(
    Database database, OciLayout images, DamagedBlobs damaged, StoreTurn turn, Claims claims, IOptions<BuildOptions> options, TimeProvider time)
{
    // Beyond these no droplet is honest: as many entries as a source may have, ten times over, and as much as fits 30 times squeezed.
    private const int MostEntries = 2_000_000;
    private const int LargestRatio = 30;

    public const string Columns = "select diff_id as DiffId, tar_size as TarSize, blob, blob_size as BlobSize from layers";

    /// <summary>Claims a layer for a build where a droplet or a step of its app holds it: what one app stored is never proved to another. Null otherwise, and where it is damaged: it is sent again.</summary>
    public async Task<Layer?> ClaimAsync(BuildPlan plan, Digest diffId, CancellationToken cancellationToken)
    {
        var layer = await database.ReadAsync(
            db => db.QuerySingleOrDefault<Layer>(
                $"""
                {Columns} where diff_id = @diffId and (
                    exists (select 1 from app_droplets a join droplet_layers d on d.droplet = a.droplet where a.app_id = @Id and d.diff_id = @diffId)
                    or exists (select 1 from kept_steps where app_id = @Id and diff_id = @diffId))
                """,
                new { plan.App.Id, diffId }) is { } found && claims.Add(plan.Id, diffId) ? found : null,
            cancellationToken);
        return layer is not null && await damaged.SeemsWholeAsync(layer.Blob, layer.BlobSize, cancellationToken) ? layer : null;
    }

    /// <summary>A layer for a build that has claimed it; null otherwise.</summary>
    public async Task<Layer?> FindClaimedAsync(BuildPlan plan, Digest diffId, CancellationToken cancellationToken) =>
        claims.Holds(plan.Id, diffId) ? await FindAsync(diffId, cancellationToken) : null;

    /// <summary>Reads a layer's tar.</summary>
    /// <exception cref="IOException">It is damaged, which is known when all but its last bytes are read, or gone.</exception>
    public async Task ReadAsync(Layer layer, Func<Stream, Task> read, CancellationToken cancellationToken)
    {
        // It may have been compressed since its row was read.
        var stored = images.Blobs.Contains(layer.Blob) ? layer : await FindAsync(layer.DiffId, cancellationToken) ?? layer;
        await damaged.ReadAsync(
            stored.Blob,
            async blob =>
            {
                await using var tar = stored.Tar(blob);
                await read(tar);
            });
    }

    /// <summary>Takes a layer in while checking its every entry; when this returns it is there, and the build's.</summary>
    /// <exception cref="InvalidLayerException">It is not what it is called, not a layer of ours, or too large.</exception>
    /// <exception cref="InvalidDataException">It is not of the form that it came as.</exception>
    public Task ReceiveAsync(BuildPlan plan, Digest diffId, LayerForm form, Stream content, CancellationToken cancellationToken) => StoreAsync(
        beforeNaming => form == LayerForm.Tar
            ? ReceiveTarAsync(diffId, content, beforeNaming, cancellationToken)
            : ReceiveZstdAsync(diffId, content, beforeNaming, cancellationToken),
        () => claims.Add(plan.Id, diffId),
        cancellationToken);

    /// <summary>Stores a layer of a stack's image, which comes as the tar that it is. False where it is not what it is called; then nothing is kept.</summary>
    public async Task<bool> TryStoreAsync(Digest diffId, Stream tar, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(beforeNaming => CompressAsync(diffId, long.MaxValue, read => read(tar), Environment.ProcessorCount, beforeNaming, cancellationToken), () => true, cancellationToken);
            return true;
        }
        catch (InvalidLayerException)
        {
            return false;
        }
    }

    /// <summary>Compresses a layer that is stored as its tar, on one core. The tar stays, for who reads it just now.</summary>
    /// <exception cref="IOException">The tar is damaged or gone, or the disk is full.</exception>
    public Task CompressAsync(Layer layer, CancellationToken cancellationToken) => StoreAsync(
        beforeNaming => CompressAsync(layer.DiffId, layer.TarSize, read => damaged.ReadAsync(layer.Blob, read), threads: 1, beforeNaming, cancellationToken),
        () => true,
        cancellationToken);

    /// <summary>A layer that is whole, claimed; null where it is not stored.</summary>
    public async Task<Layer?> ClaimWholeAsync(Guid claim, Digest diffId, CancellationToken cancellationToken)
    {
        var layer = await database.ReadAsync(db => Find(db, diffId) is { } found && claims.Add(claim, diffId) ? found : null, cancellationToken);
        return layer is not null && await damaged.SeemsWholeAsync(layer.Blob, layer.BlobSize, cancellationToken) ? layer : null;
    }

    /// <summary>A layer's row; null where it was never stored.</summary>
    public Task<Layer?> FindAsync(Digest diffId, CancellationToken cancellationToken) => database.ReadAsync(db => Find(db, diffId), cancellationToken);

    private static Layer? Find(IDbConnection db, Digest diffId) =>
        db.QuerySingleOrDefault<Layer>($"{Columns} where diff_id = @diffId", new { diffId });

    private async Task StoreAsync(Func<Func<CancellationToken, Task>, Task<Layer>> write, Func<bool> claim, CancellationToken cancellationToken)
    {
        IDisposable? entered = null;
        try
        {
            // From before the blob has its name until it has its row; layers that come side by side are written and checked side by side.
            var layer = await write(async cancellation => entered = await turn.EnterAsync(cancellation));
            await database.WriteAsync(db => Insert(db, layer) && claim(), cancellationToken);
        }
        finally
        {
            entered?.Dispose();
        }
    }

    private bool Insert(IDbConnection db, Layer layer)
    {
        db.Execute(
            """
            insert into layers (diff_id, tar_size, blob, blob_size, created_at) values (@DiffId, @TarSize, @Blob, @BlobSize, @now)
            on conflict (diff_id) do update set blob = excluded.blob, blob_size = excluded.blob_size
            """,
            new { layer.DiffId, layer.TarSize, layer.Blob, layer.BlobSize, now = time.GetUtcNow() });
        damaged.Remove(db, layer.Blob);
        return true;
    }

    private async Task<Layer> ReceiveTarAsync(Digest diffId, Stream tar, Func<CancellationToken, Task> beforeNaming, CancellationToken cancellationToken)
    {
        var blob = await images.Blobs.WriteHashedAsync(
            async (file, cancellation) => new(diffId, await CheckAsync(diffId, new CopyingStream(tar, file, options.Value.SlugLimit), cancellation)), beforeNaming, cancellationToken);
        return new() { DiffId = diffId, TarSize = blob.Size, Blob = blob.Digest, BlobSize = blob.Size };
    }

    private async Task<Layer> ReceiveZstdAsync(Digest diffId, Stream compressed, Func<CancellationToken, Task> beforeNaming, CancellationToken cancellationToken)
    {
        var size = 0L;
        var blob = await images.Blobs.WriteAsync(
            async (file, cancellation) =>
            {
                await using var tar = new ZstdDecompressStream(new CopyingStream(compressed, file, options.Value.SlugLimit));
                size = await CheckAsync(diffId, tar, cancellation);
            },
            beforeNaming,
            cancellationToken);
        return new() { DiffId = diffId, TarSize = size, Blob = blob.Digest, BlobSize = blob.Size };
    }

    private async Task<Layer> CompressAsync(
        Digest diffId, long size, Func<Func<Stream, Task>, Task> read, int threads, Func<CancellationToken, Task> beforeNaming, CancellationToken cancellationToken)
    {
        var tarSize = 0L;
        var blob = await images.Blobs.WriteAsync(
            (file, cancellation) => read(async tar =>
            {
                await using var hashed = new DigestStream(tar);
                await using (var zstd = LayerZstd.Start(file, size, threads))
                    await hashed.CopyToAsync(zstd, cancellation);
                tarSize = hashed.Finish() == diffId ? hashed.Length : throw Misnamed(diffId, hashed.Finish());
            }),
            beforeNaming,
            cancellationToken);
        return new() { DiffId = diffId, TarSize = tarSize, Blob = blob.Digest, BlobSize = blob.Size };
    }

    private async Task<long> CheckAsync(Digest diffId, Stream tar, CancellationToken cancellationToken)
    {
        var limits = new LayerLimits { Entries = MostEntries, Size = options.Value.SlugLimit * LargestRatio };
        var layer = await LayerCheck.ReadAsync(tar, limits, cancellationToken);
        return layer.DiffId == diffId ? layer.Size : throw Misnamed(diffId, layer.DiffId);
    }

    private static InvalidLayerException Misnamed(Digest name, Digest found) => new($"the layer called '{name}' has the digest '{found}'");
}
