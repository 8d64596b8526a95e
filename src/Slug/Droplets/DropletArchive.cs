using System.IO.Compression;
using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Oci;

namespace Slug.Droplets;

/// <summary>A droplet as one archive, streamed from its layers and checked against their digests on the way.</summary>
internal sealed class DropletArchive(DropletStore droplets, OciLayout images)
{
    /// <summary>Heroku's form: a gzip'ed tar of <c>./app</c>.</summary>
    /// <exception cref="DamagedBlobException">A layer on disk is not what it was.</exception>
    public async Task WriteSlugAsync(Droplet droplet, Stream destination, CancellationToken cancellationToken)
    {
        await using var gzip = new GZipStream(destination, CompressionLevel.Optimal, leaveOpen: true);
        await WriteTarAsync(droplet, gzip, cancellationToken);
    }

    /// <summary>The plain tar. A droplet has one layer, so its tar is the archive.</summary>
    /// <exception cref="DamagedBlobException">A layer on disk is not what it was.</exception>
    public async Task WriteTarAsync(Droplet droplet, Stream destination, CancellationToken cancellationToken)
    {
        foreach (var layer in await droplets.LayersAsync(droplet.Digest, cancellationToken))
        {
            await using var blob = images.Blobs.OpenVerified(layer.Blob)
                ?? throw new FileNotFoundException($"SLUG4002: the layer '{layer.Blob}' of droplet '{droplet.Digest}' is gone from the store");
            await using var tar = new ZstdDecompressStream(blob);
            await tar.CopyToAsync(destination, cancellationToken);
        }
    }
}
