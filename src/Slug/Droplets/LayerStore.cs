using System.Data;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>The layers of all droplets: known by the sha256 of their tar, stored as zstd.</summary>
internal sealed class LayerStore(
    Database database, OciLayout images, DamagedBlobs damaged, StoreTurn turn, Claims claims, IOptions<BuildOptions> options, TimeProvider time)
{
    // Beyond these no droplet is honest: as many entries as a source may have, ten times over, and as much as fits 30 times squeezed.
    private const int MostEntries = 2_000_000;
    private const int LargestRatio = 30;

    private const string Columns = "select diff_id as DiffId, tar_size as TarSize, blob, blob_size as BlobSize from layers";

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

    /// <summary>Writes a layer as it is stored.</summary>
    /// <exception cref="IOException">It is damaged, which is known when all but its last bytes are written, or gone.</exception>
    public Task CopyAsync(Layer layer, Stream destination, CancellationToken cancellationToken) =>
        damaged.ReadAsync(layer.Blob, blob => blob.CopyToAsync(destination, cancellationToken));

    /// <summary>Takes a compressed layer in while checking its every entry; when this returns it is there, and the build's.</summary>
    /// <exception cref="InvalidLayerException">It is not what it is called, not a layer of ours, or too large.</exception>
    /// <exception cref="InvalidDataException">It is not zstd.</exception>
    public Task ReceiveAsync(BuildPlan plan, Digest diffId, Stream compressed, CancellationToken cancellationToken) => StoreAsync(
        diffId,
        (file, cancellation) => CheckAsync(diffId, new CopyingStream(compressed, file, options.Value.SlugLimit), cancellation),
        () => claims.Add(plan.Id, diffId),
        cancellationToken);

    /// <summary>Stores a layer of a stack's image, which comes as the tar that it is. False where it is not what it is called; then nothing is kept.</summary>
    public async Task<bool> TryStoreAsync(Digest diffId, Stream tar, CancellationToken cancellationToken)
    {
        try
        {
            await StoreAsync(diffId, (file, cancellation) => CompressAsync(diffId, tar, file, cancellation), () => true, cancellationToken);
            return true;
        }
        catch (InvalidLayerException)
        {
            return false;
        }
    }

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

    // What writes gives the length of the tar.
    private async Task StoreAsync(Digest diffId, Func<Stream, CancellationToken, Task<long>> write, Func<bool> claim, CancellationToken cancellationToken)
    {
        var tarSize = 0L;
        IDisposable? entered = null;
        try
        {
            var blob = await images.Blobs.WriteAsync(
                async (file, cancellation) => tarSize = await write(file, cancellation),
                // From before the blob has its name until it has its row; layers that come side by side are written and checked side by side.
                async cancellation => entered = await turn.EnterAsync(cancellation),
                cancellationToken);
            var layer = new Layer { DiffId = diffId, TarSize = tarSize, Blob = blob.Digest, BlobSize = blob.Size };
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

    private static async Task<long> CompressAsync(Digest diffId, Stream tar, Stream file, CancellationToken cancellationToken)
    {
        await using var hashed = new DigestStream(tar);
        await using (var zstd = new ZstdCompressStream(file, workers: Environment.ProcessorCount))
            await hashed.CopyToAsync(zstd, cancellationToken);
        return hashed.Finish() == diffId ? hashed.Length : throw new InvalidLayerException($"the layer called '{diffId}' has the digest '{hashed.Finish()}'");
    }

    private async Task<long> CheckAsync(Digest diffId, Stream compressed, CancellationToken cancellationToken)
    {
        await using var tar = new ZstdDecompressStream(compressed);
        var limits = new LayerLimits { Entries = MostEntries, Size = options.Value.SlugLimit * LargestRatio };
        var layer = await LayerCheck.ReadAsync(tar, limits, cancellationToken);
        return layer.DiffId == diffId ? layer.Size : throw new InvalidLayerException($"the layer called '{diffId}' has the digest '{layer.DiffId}'");
    }
}

/// <summary>A layer as it is stored. Sizes in bytes.</summary>
internal sealed record Layer
{
    public required Digest DiffId { get; init; }

    public required long TarSize { get; init; }

    /// <summary>The digest of its compressed form.</summary>
    public required Digest Blob { get; init; }

    public required long BlobSize { get; init; }
}
