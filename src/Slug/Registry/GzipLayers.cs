using Dapper;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;

namespace Slug.Registry;

/// <summary>The gzip'ed form of layers, which every engine takes: made of the stored one when it is first asked for, then kept as long as the layer.</summary>
internal sealed class GzipLayers(Database database, OciLayout images, LayerStore layers, DamagedBlobs damaged, StoreTurn turn, IHostApplicationLifetime lifetime)
{
    private readonly SharedWork<Digest> making = new();

    /// <exception cref="DamagedBlobException">The stored layer is not what it was.</exception>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public async Task<Descriptor> OfAsync(Layer layer, CancellationToken cancellationToken)
    {
        if (await FindWholeAsync(layer, cancellationToken) is { } known)
            return known;
        await making.DoAsync(layer.DiffId, () => MakeAsync(layer, lifetime.ApplicationStopping), cancellationToken);
        return await FindAsync(layer, cancellationToken) ?? throw new FileNotFoundException($"the layer '{layer.DiffId}' was swept while its gzip form was made");
    }

    private async Task<Descriptor?> FindWholeAsync(Layer layer, CancellationToken cancellationToken) =>
        await FindAsync(layer, cancellationToken) is { } known && await damaged.SeemsWholeAsync(known.Digest, known.Size, cancellationToken) ? known : null;

    private Task<Descriptor?> FindAsync(Layer layer, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>("select blob, blob_size as Size from gzip_layers where diff_id = @DiffId", new { layer.DiffId }) is { } row
                ? new Descriptor { MediaType = MediaTypes.LayerGzip, Digest = row.Blob, Size = row.Size }
                : null,
            cancellationToken);

    private async Task MakeAsync(Layer layer, CancellationToken cancellationToken)
    {
        // Who looked just before another's work ended comes here after it.
        if (await FindWholeAsync(layer, cancellationToken) is not null)
            return;
        IDisposable? entered = null;
        try
        {
            var blob = await images.Blobs.WriteAsync(
                async (file, cancellation) =>
                {
                    await layers.ReadAsync(layer, tar => CompressAsync(tar, file, cancellation), cancellation);
                    // From before the blob has its name until it has its row.
                    entered = await turn.EnterAsync(cancellation);
                },
                cancellationToken);
            await database.WriteAsync(
                db =>
                {
                    damaged.Remove(db, blob.Digest);
                    return db.Execute(
                        """
                        insert into gzip_layers (diff_id, blob, blob_size) select diff_id, @Digest, @Size from layers where diff_id = @DiffId
                        on conflict (diff_id) do update set blob = excluded.blob, blob_size = excluded.blob_size
                        """,
                        new { layer.DiffId, blob.Digest, blob.Size });
                },
                cancellationToken);
        }
        finally
        {
            entered?.Dispose();
        }
    }

    private static async Task CompressAsync(Stream tar, Stream file, CancellationToken cancellationToken)
    {
        await using var gzip = new GzipCompressStream(file, Environment.ProcessorCount);
        await tar.CopyToAsync(gzip, cancellationToken);
    }

    private sealed record Row
    {
        public required Digest Blob { get; init; }

        public required long Size { get; init; }
    }
}
