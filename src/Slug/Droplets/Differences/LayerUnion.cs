using System.Formats.Tar;
using System.Text;

namespace Slug.Droplets.Differences;

/// <summary>
/// The files of a droplet, as its layers make them together: in the byte order of their names, each as the highest layer has it.
/// The layers are read once, side by side; nothing is held. One stream may also have several layers in a row, as a droplet's plain tar does: they follow one another then.
/// </summary>
internal sealed class LayerUnion : IAsyncDisposable
{
    private readonly List<Cursor> cursors;
    private readonly List<Cursor> taken = [];

    /// <param name="layers">Tars with their entries in that order, the lowest first; owned from here on.</param>
    public LayerUnion(params IEnumerable<Stream> layers) => taken.AddRange(cursors = [.. layers.Select(layer => new Cursor(layer))]);

    /// <summary>The next file; null after the last. Its content is there until the next call.</summary>
    public async ValueTask<PlacedEntry?> NextAsync(CancellationToken cancellationToken)
    {
        foreach (var cursor in taken)
            await cursor.NextAsync(cancellationToken);
        taken.Clear();
        foreach (var cursor in cursors.Where(cursor => cursor.Current is not null))
        {
            var order = taken is [var first, ..] ? cursor.Current!.CompareTo(first.Current) : -1;
            if (order < 0)
                taken.Clear();
            if (order <= 0)
                taken.Add(cursor);
        }

        return taken is [.., var highest] ? highest.Current : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cursor in cursors)
            await cursor.DisposeAsync();
    }

    private sealed class Cursor(Stream layers) : IAsyncDisposable
    {
        // Every layer begins with it.
        private const string Root = "./app/";

        private readonly TarReader reader = new(layers);
        private int layer;

        public PlacedEntry? Current { get; private set; }

        public async ValueTask NextAsync(CancellationToken cancellationToken)
        {
            var entry = await reader.GetNextEntryAsync(copyData: false, cancellationToken);
            layer += entry?.Name == Root ? 1 : 0;
            Current = entry is null ? null : new(layer, entry);
        }

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}

/// <summary>A file, and which layer of its stream it is in.</summary>
internal sealed class PlacedEntry(int layer, TarEntry tar)
{
    private readonly int layer = layer;
    private readonly byte[] name = Encoding.UTF8.GetBytes(tar.Name);

    public TarEntry Tar => tar;

    /// <summary>What comes first is less; nothing comes last.</summary>
    public int CompareTo(PlacedEntry? other)
    {
        if (other is null)
            return -1;
        return layer == other.layer ? name.AsSpan().SequenceCompareTo(other.name) : layer.CompareTo(other.layer);
    }
}
