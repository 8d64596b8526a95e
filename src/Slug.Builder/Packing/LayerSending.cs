using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Packing;

/// <summary>
/// Layers on their way to the service, worked on by as many threads as there are. Each is made and hashed, then asked for, and sent where it is not known.
/// A tar that fits into its thread's part of the memory is kept meanwhile; a larger one is made a second time.
/// </summary>
internal sealed class LayerSending(BuildCalls calls, SlugRoom room, LayerForm form, int threads) : IDisposable
{
    private const long Memory = 64 << 20; // bytes of tars at a time
    private const int MostUnderWay = 16; // requests

    private readonly SemaphoreSlim turns = new(threads);

    public async Task<DeliveredLayer[]> SendAsync(IReadOnlyList<LayerPart> parts, CancellationToken cancellationToken)
    {
        var delivered = new DeliveredLayer[parts.Count];
        // What takes longest comes first, so that no thread is left with it at the end.
        await Parallel.ForEachAsync(
            parts.Index().OrderByDescending(part => part.Item.Extent),
            new ParallelOptions { MaxDegreeOfParallelism = threads + MostUnderWay, CancellationToken = cancellationToken },
            async (part, stopped) => delivered[part.Index] = await SendAsync(part.Item, stopped));
        return delivered;
    }

    public void Dispose() => turns.Dispose();

    private async Task<DeliveredLayer> SendAsync(LayerPart part, CancellationToken cancellationToken)
    {
        using var turn = await LayerTurn.EnterAsync(turns, cancellationToken);
        await using var kept = part.Extent <= Memory / threads ? new KeptTar() : null;
        await using var digest = new DigestStream(kept ?? Stream.Null);
        await part.WriteAsync(digest, cancellationToken);
        var layer = new LayerReference(digest.Finish(), digest.Length);
        if (await calls.FindBlobAsync(layer.DiffId, cancellationToken) is { } known)
        {
            room.Take(known);
            return new(layer, known, IsNew: false);
        }

        var sent = 0L;
        try
        {
            await calls.PutBlobAsync(
                layer.DiffId,
                form,
                async (body, stopped) =>
                {
                    sent = await WriteAsync(kept is null ? part.WriteAsync : kept.SendAsync, layer.Size, body, stopped);
                    // While the service puts it on disk the thread has the next layer.
                    kept?.Dispose();
                    turn.Dispose();
                },
                cancellationToken);
        }
        catch (SlugTooLargeException)
        {
            // The other layers are still counted.
        }

        return new(layer, sent, IsNew: true);
    }

    private async Task<long> WriteAsync(Func<Stream, CancellationToken, Task> writeAsync, long size, Stream body, CancellationToken cancellationToken)
    {
        await using var limited = new LimitedStream(body, room);
        if (form == LayerForm.Tar)
            await writeAsync(limited, cancellationToken);
        else
            await using (var compressed = LayerZstd.Start(limited, size, threads))
                await writeAsync(compressed, cancellationToken);
        return room.IsExceeded ? throw new SlugTooLargeException() : limited.Length;
    }
}
