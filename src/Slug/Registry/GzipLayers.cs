using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Droplets;

namespace Slug.Registry;

/// <summary>The gzip'ed form of layers, which every engine takes: made of the stored one when it is first asked for.</summary>
internal sealed class GzipLayers(DerivedBlobs derived)
{
    private static readonly Derivation gzip = new("gzip", CompressAsync);

    /// <exception cref="DamagedBlobException">The stored layer is not what it was.</exception>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public async Task<Descriptor> OfAsync(Layer layer, CancellationToken cancellationToken)
    {
        var blob = await derived.OfAsync(layer, gzip, cancellationToken);
        return new() { MediaType = MediaTypes.LayerGzip, Digest = blob.Digest, Size = blob.Size };
    }

    private static async Task CompressAsync(Stream tar, Stream file, CancellationToken cancellationToken)
    {
        await using var compressed = new GzipCompressStream(file, Environment.ProcessorCount);
        await tar.CopyToAsync(compressed, cancellationToken);
    }
}
