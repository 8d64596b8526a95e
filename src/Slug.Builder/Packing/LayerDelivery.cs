using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Packing;

/// <summary>A layer that the service has.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="StoredSize">As it is stored, in bytes.</param>
/// <param name="IsNew">It was sent.</param>
internal sealed record DeliveredLayer(LayerReference Layer, long StoredSize, bool IsNew);

/// <summary>The app's folder becomes a layer: read once for its digest, and once more to be sent where the service has it not.</summary>
internal sealed class LayerDelivery(BuildJob job, BuilderPaths paths, BuildCalls calls)
{
    private const string Prefix = "./app";
    private const int Level = 3;

    /// <param name="leavesOut">Asked for each path below the app's folder, and whether it is a directory.</param>
    /// <param name="limit">The largest size in bytes as it is sent; of the droplet's limit, what other layers have left.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PhaseResult<DeliveredLayer>> RunAsync(Func<string, bool, bool> leavesOut, long limit, CancellationToken cancellationToken)
    {
        try
        {
            var layer = await DigestAsync(leavesOut, cancellationToken);
            if (await calls.FindBlobAsync(layer.DiffId, cancellationToken) is { } known)
                return known <= limit ? new DeliveredLayer(layer, known, IsNew: false) : TooLarge(known, limit);
            var size = 0L;
            await calls.PutBlobAsync(layer.DiffId, async (body, stopped) => size = await CompressAsync(leavesOut, body, limit, stopped), cancellationToken);
            return new DeliveredLayer(layer, size, IsNew: true);
        }
        catch (SlugTooLargeException excess)
        {
            return TooLarge(excess.Size, limit);
        }
        catch (UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }
        catch (HttpRequestException sending) when (sending.InnerException is UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }
        catch (UnauthorizedAccessException mistake)
        {
            return BuildFailure.BadEntry($"{mistake.Message} Make it readable in the build");
        }
    }

    private async Task<LayerReference> DigestAsync(Func<string, bool, bool> leavesOut, CancellationToken cancellationToken)
    {
        await using var digest = new DigestStream(Stream.Null);
        await LayerTar.WriteAsync(paths.App, Prefix, LayerModes.AsFound, leavesOut, digest, cancellationToken);
        return new(digest.Finish(), digest.Length);
    }

    private async Task<long> CompressAsync(Func<string, bool, bool> leavesOut, Stream body, long limit, CancellationToken cancellationToken)
    {
        await using var limited = new LimitedStream(body, limit);
        await using (var compressed = new ZstdCompressStream(limited, Level, Environment.ProcessorCount))
            await LayerTar.WriteAsync(paths.App, Prefix, LayerModes.AsFound, leavesOut, compressed, cancellationToken);
        // Past the limit nothing more was sent, but all of it was counted: the pusher is told how large the slug is.
        return limited.Written <= limit ? limited.Written : throw new SlugTooLargeException(limited.Written);
    }

    // What other layers took of the limit is not in the app's folder, or not only there.
    private BuildOutcome TooLarge(long size, long limit)
    {
        var others = job.DropletLimit - limit;
        var folders = LargestFolders.Describe(paths.App);
        return BuildFailure.TooLarge(size + others, job.DropletLimit, others > 0 ? $"{folders}, and dependencies ({ByteSize.InWords(others)} compressed)" : folders);
    }
}
