using System.Formats.Tar;
using Slug.Content;
using Slug.Droplets;

namespace Slug.Dashboard.Contents;

/// <summary>What files droplets hold. Read from their layers when somebody first asks; of the last ones it is kept, within a bound.</summary>
internal sealed class DropletFiles(DropletStore droplets, LayerStore store) : IDisposable
{
    // About 200 bytes each.
    private const int MostKept = 250_000;
    private const int BufferSize = 256 * 1024;

    // One after the other: listing takes a processor, and who asks next may be asking for the same.
    private readonly SemaphoreSlim turn = new(1, 1);
    private readonly LinkedList<Listing> kept = [];

    /// <exception cref="IOException">A layer is damaged, or gone.</exception>
    public async Task<Listing> OfAsync(Digest droplet, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            var listing = kept.FirstOrDefault(listing => listing.Droplet == droplet) ?? await ReadAsync(droplet, cancellationToken);
            kept.Remove(listing);
            kept.AddFirst(listing);
            while (kept.Count > 1 && kept.Sum(listing => listing.Files.Count) > MostKept)
                kept.RemoveLast();
            return listing;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private async Task<Listing> ReadAsync(Digest droplet, CancellationToken cancellationToken)
    {
        var layers = await droplets.LayersAsync(droplet, cancellationToken);
        var read = await Task.WhenAll(layers.Select(layer => ReadAsync(layer, cancellationToken)));
        var files = read.SelectMany(layer => layer).Take(MostKept).ToList();
        return new(droplet, files, IsPartial: read.Sum(layer => layer.Count) > MostKept);
    }

    private async Task<IReadOnlyList<ListedFile>> ReadAsync(Layer layer, CancellationToken cancellationToken)
    {
        var files = new List<ListedFile>();
        await store.ReadAsync(
            layer,
            async tar =>
            {
                var buffered = new BufferedStream(tar, BufferSize);
                await using var reader = new TarReader(buffered, leaveOpen: true);
                // Off the request's own thread: a layer comes from memory, and never waits.
                await Task.Yield();
                while (files.Count <= MostKept && await reader.GetNextEntryAsync(copyData: false, cancellationToken) is { } entry)
                {
                    if (entry.EntryType is not TarEntryType.Directory)
                        files.Add(new(entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name, entry.Length));
                }

                // What lies behind the last entry is read too, as that checks all of it.
                await buffered.CopyToAsync(Stream.Null, cancellationToken);
            },
            cancellationToken);
        return files;
    }
}

/// <summary>The files of a droplet.</summary>
/// <param name="Droplet">Which.</param>
/// <param name="Files">In the order of its layers.</param>
/// <param name="IsPartial">There are more than are listed.</param>
internal sealed record Listing(Digest Droplet, IReadOnlyList<ListedFile> Files, bool IsPartial);

/// <summary>A file, or a link, whose size is nothing.</summary>
internal readonly record struct ListedFile(string Path, long Size);
