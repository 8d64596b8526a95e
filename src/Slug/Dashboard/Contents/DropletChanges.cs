using System.Runtime.CompilerServices;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Droplets.Differences;

namespace Slug.Dashboard.Contents;

/// <summary>What changed from one droplet to another. Layers that both have are the same and are not read.</summary>
internal sealed class DropletChanges(DropletStore droplets, OciLayout images)
{
    private const string Root = "./";

    /// <exception cref="IOException">A layer is damaged, or gone.</exception>
    public async IAsyncEnumerable<Difference> FindAsync(Droplet left, Droplet right, Sides sides, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (mine, yours) = (await ConfigAsync(left, cancellationToken), await ConfigAsync(right, cancellationToken));
        foreach (var difference in ConfigComparison.Find(mine, yours, sides))
            yield return difference;
        var blobs = new List<Stream>();
        try
        {
            await using var one = new LayerUnion((await OnlyInAsync(left, right, cancellationToken)).Select(layer => Open(layer, blobs)));
            await using var other = new LayerUnion((await OnlyInAsync(right, left, cancellationToken)).Select(layer => Open(layer, blobs)));
            // A folder may be in several layers: of what is in a layer that is not read nothing is said.
            await foreach (var difference in new FileComparison(sides, _ => "").FindAsync(one, other, cancellationToken))
            {
                if (!difference.Path.EndsWith('/'))
                    yield return difference with { Path = difference.Path.StartsWith(Root, StringComparison.Ordinal) ? difference.Path[Root.Length..] : difference.Path };
            }
        }
        finally
        {
            foreach (var blob in blobs)
                await blob.DisposeAsync();
        }
    }

    private async Task<ImageConfig> ConfigAsync(Droplet droplet, CancellationToken cancellationToken) =>
        await images.ReadConfigAsync(droplet.Digest, cancellationToken) ?? throw new FileNotFoundException($"blob '{droplet.Digest}' is not in the store");

    private async Task<IReadOnlyList<Layer>> OnlyInAsync(Droplet droplet, Droplet other, CancellationToken cancellationToken)
    {
        var shared = (await droplets.LayersAsync(other.Digest, cancellationToken)).Select(layer => layer.DiffId).ToHashSet();
        return [.. (await droplets.LayersAsync(droplet.Digest, cancellationToken)).Where(layer => !shared.Contains(layer.DiffId))];
    }

    private Stream Open(Layer layer, List<Stream> blobs)
    {
        blobs.Add(images.Blobs.OpenVerified(layer.Blob) ?? throw new FileNotFoundException($"blob '{layer.Blob}' is not in the store"));
        return layer.Tar(blobs[^1]);
    }
}
