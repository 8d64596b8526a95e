using System.Formats.Tar;
using System.Text;

namespace Slug.Droplets.Differences;

/// <summary>The files of a droplet, as its layers make them together: in the byte order of their names, each as the highest layer has it. The layers are read once, side by side; nothing is held.</summary>
internal sealed class LayerUnion : IAsyncDisposable
{
    private readonly List<Cursor> cursors;
    private readonly List<Cursor> taken = [];

    /// <param name="layers">Tars with their entries in that order, the lowest first; owned from here on.</param>
    public LayerUnion(params IEnumerable<Stream> layers) => taken.AddRange(cursors = [.. layers.Select(layer => new Cursor(layer))]);

    /// <summary>The next file; null after the last. Its content is there until the next call.</summary>
    public async ValueTask<TarEntry?> NextAsync(CancellationToken cancellationToken)
    {
        foreach (var cursor in taken)
            await cursor.NextAsync(cancellationToken);
        taken.Clear();
        foreach (var cursor in cursors.Where(cursor => cursor.Entry is not null))
        {
            var order = taken is [var first, ..] ? cursor.Name.AsSpan().SequenceCompareTo(first.Name) : -1;
            if (order < 0)
                taken.Clear();
            if (order <= 0)
                taken.Add(cursor);
        }

        return taken is [.., var highest] ? highest.Entry : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var cursor in cursors)
            await cursor.DisposeAsync();
    }

    private sealed class Cursor(Stream layer) : IAsyncDisposable
    {
        private readonly TarReader reader = new(layer);

        public TarEntry? Entry { get; private set; }

        public byte[] Name { get; private set; } = [];

        public async ValueTask NextAsync(CancellationToken cancellationToken)
        {
            Entry = await reader.GetNextEntryAsync(copyData: false, cancellationToken);
            Name = Encoding.UTF8.GetBytes(Entry?.Name ?? "");
        }

        public ValueTask DisposeAsync() => reader.DisposeAsync();
    }
}
