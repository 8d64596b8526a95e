using System.Buffers;
using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Tar;

namespace Slug.Droplets;

/// <summary>A droplet as one archive, streamed from its layers and checked against their digests on the way.</summary>
internal sealed class DropletArchive(DropletStore droplets, LayerStore store)
{
    private const int Piece = 128 * 1024;

    /// <summary>Heroku's form: a gzip'ed tar of <c>./app</c>.</summary>
    /// <exception cref="DamagedBlobException">A layer on disk is not what it was.</exception>
    public async Task WriteSlugAsync(Droplet droplet, Stream destination, CancellationToken cancellationToken)
    {
        await using var gzip = new GzipCompressStream(destination, Environment.ProcessorCount);
        await WriteTarAsync(droplet, gzip, cancellationToken);
    }

    /// <summary>The plain tar: the layers one after the other, lowest first, as one archive. What a later one has again takes the place of the earlier.</summary>
    /// <exception cref="DamagedBlobException">A layer on disk is not what it was.</exception>
    public async Task WriteTarAsync(Droplet droplet, Stream destination, CancellationToken cancellationToken)
    {
        var layers = await droplets.LayersAsync(droplet.Digest, cancellationToken);
        foreach (var (index, layer) in layers.Index())
        {
            // An archive ends once: the ends of all layers but the last are read, as that checks them, and left out.
            var length = index < layers.Count - 1 ? layer.TarSize - LayerTar.EndSize : layer.TarSize;
            await store.ReadAsync(
                layer,
                async tar =>
                {
                    await CopyAsync(tar, destination, length, cancellationToken);
                    await tar.CopyToAsync(Stream.Null, cancellationToken);
                },
                cancellationToken);
        }
    }

    private static async Task CopyAsync(Stream from, Stream to, long length, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            for (var left = length; left > 0;)
            {
                var read = await from.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, Piece)), cancellationToken);
                if (read == 0)
                    throw new EndOfStreamException($"a layer of {length} bytes ended {left} too early");
                await to.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
                left -= read;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
