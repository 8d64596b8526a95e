using Dapper;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>What is made of a layer's tar once and kept as long as the layer. One that is missing or damaged is made again when it is asked for.</summary>
internal sealed class DerivedBlobs(Database database, OciLayout images, LayerStore layers, DamagedBlobs damaged, StoreTurn turn, IHostApplicationLifetime lifetime)
{
    private readonly SharedWork<(Digest Layer, string Form)> making = new();

    /// <exception cref="DamagedBlobException">The stored layer is not what it was.</exception>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public async Task<BlobDescriptor> OfAsync(Layer layer, Derivation derivation, CancellationToken cancellationToken)
    {
        if (await FindWholeAsync(layer, derivation, cancellationToken) is { } known)
            return known;
        await making.DoAsync((layer.DiffId, derivation.Form), () => MakeAsync(layer, derivation, lifetime.ApplicationStopping), cancellationToken);
        return await FindAsync(layer, derivation, cancellationToken) ?? throw new FileNotFoundException($"the layer '{layer.DiffId}' was swept while its {derivation.Form} were made");
    }

    private async Task<BlobDescriptor?> FindWholeAsync(Layer layer, Derivation derivation, CancellationToken cancellationToken) =>
        await FindAsync(layer, derivation, cancellationToken) is { } known && await damaged.SeemsWholeAsync(known.Digest, known.Size, cancellationToken) ? known : null;

    private Task<BlobDescriptor?> FindAsync(Layer layer, Derivation derivation, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QuerySingleOrDefault<Row>("select blob, blob_size as Size from derived_blobs where diff_id = @DiffId and form = @Form", new { layer.DiffId, derivation.Form }) is { } row
                ? new BlobDescriptor(row.Blob, row.Size)
                : (BlobDescriptor?)null,
            cancellationToken);

    private async Task MakeAsync(Layer layer, Derivation derivation, CancellationToken cancellationToken)
    {
        // Who looked just before another's work ended comes here after it.
        if (await FindWholeAsync(layer, derivation, cancellationToken) is not null)
            return;
        IDisposable? entered = null;
        try
        {
            var blob = await images.Blobs.WriteAsync(
                (file, cancellation) => layers.ReadAsync(layer, tar => derivation.MakeAsync(tar, file, cancellation), cancellation),
                // From before the blob has its name until it has its row.
                async cancellation => entered = await turn.EnterAsync(cancellation),
                cancellationToken);
            await database.WriteAsync(
                db =>
                {
                    damaged.Remove(db, blob.Digest);
                    return db.Execute(
                        """
                        insert into derived_blobs (diff_id, form, blob, blob_size) select diff_id, @Form, @Digest, @Size from layers where diff_id = @DiffId
                        on conflict (diff_id, form) do update set blob = excluded.blob, blob_size = excluded.blob_size
                        """,
                        new { layer.DiffId, derivation.Form, blob.Digest, blob.Size });
                },
                cancellationToken);
        }
        finally
        {
            entered?.Dispose();
        }
    }

    private sealed record Row
    {
        public required Digest Blob { get; init; }

        public required long Size { get; init; }
    }
}

/// <summary>A form that layers are brought into.</summary>
/// <param name="Form">Its name in the database.</param>
/// <param name="MakeAsync">Reads a tar and writes that form of it.</param>
internal sealed record Derivation(string Form, Func<Stream, Stream, CancellationToken, Task> MakeAsync);
