using Dapper;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Hosting;

namespace Slug.Droplets.Listings;

/// <summary>The lists of droplets' files, one of each layer: made when its push has ended, or as soon as somebody wants them.</summary>
internal sealed class DropletListings(Database database, DropletStore droplets, DerivedBlobs derived, DamagedBlobs damaged)
{
    private static readonly Derivation files = new("files", Listing.WriteAsync);

    /// <summary>The files of a droplet, in the order of their paths, each as the highest layer has it.</summary>
    /// <exception cref="IOException">A layer is damaged, or gone.</exception>
    public async Task<IEnumerable<ListedFile>> OfAsync(Digest droplet, CancellationToken cancellationToken)
    {
        var layers = await droplets.LayersAsync(droplet, cancellationToken);
        return Union(await Task.WhenAll(layers.Select(layer => OfAsync(layer, cancellationToken))));
    }

    private async Task<Listing> OfAsync(Layer layer, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(layer, cancellationToken);
        }
        catch (Exception damage) when (damage is DamagedBlobException or FileNotFoundException or InvalidDataException)
        {
            // Now it is known to be damaged, and is made again.
            return await ReadAsync(layer, cancellationToken);
        }
    }

    /// <summary>The layers of droplets whose lists are not made yet.</summary>
    public Task<List<Layer>> MissingAsync(CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.Query<Layer>(
                $"""
                {LayerStore.Columns} where diff_id in (select diff_id from droplet_layers) and blob not in (select blob from damaged_blobs)
                    and not exists (select 1 from derived_blobs d where d.diff_id = layers.diff_id and d.form = @Form)
                """,
                files).AsList(),
            cancellationToken);

    public Task MakeAsync(Layer layer, CancellationToken cancellationToken) => derived.OfAsync(layer, files, cancellationToken);

    private static IEnumerable<ListedFile> Union(IReadOnlyList<Listing> layers)
    {
        var next = new PriorityQueue<IEnumerator<ListedFile>, Place>();
        foreach (var (layer, files) in layers.Select(listing => listing.GetEnumerator()).Index().Where(files => files.Item.MoveNext()))
            next.Enqueue(files, new(files.Current.Path, layer));
        string? last = null;
        while (next.TryDequeue(out var files, out var place))
        {
            if (place.Path != last)
                yield return files.Current;
            last = place.Path;
            if (files.MoveNext())
                next.Enqueue(files, place with { Path = files.Current.Path });
        }
    }

    private async Task<Listing> ReadAsync(Layer layer, CancellationToken cancellationToken)
    {
        var blob = await derived.OfAsync(layer, files, cancellationToken);
        Listing? listing = null;
        await damaged.ReadAsync(blob.Digest, async content => listing = await Listing.ReadAsync(content, cancellationToken));
        return listing!;
    }

    // Of the same path, the highest layer comes first.
    private readonly record struct Place(string Path, int Layer) : IComparable<Place>
    {
        public int CompareTo(Place other) => ListedFile.Order.Compare(Path, other.Path) is not 0 and var order ? order : other.Layer - Layer;
    }
}
