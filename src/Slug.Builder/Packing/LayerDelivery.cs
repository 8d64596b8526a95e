using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Packing;

/// <summary>The app's folder becomes layers that the service has.</summary>
internal sealed class LayerDelivery(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    private const string Prefix = "./app";

    /// <summary>As one layer.</summary>
    /// <param name="leavesOut">Asked for each path below the app's folder, and whether it is a directory.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<PhaseResult<DeliveredLayer>> WholeAsync(Func<string, bool, bool> leavesOut, CancellationToken cancellationToken) =>
        (await RunAsync(tree => [tree.Whole(LayerModes.AsFound)], leavesOut, job.DropletLimit, cancellationToken)).Ends(out var ending, out var layers)
            ? ending
            : layers[0];

    /// <summary>As layers split by content, lowest first.</summary>
    /// <param name="leavesOut">As above.</param>
    /// <param name="limit">The largest size in bytes as it is sent; of the droplet's limit, what other layers have left.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public Task<PhaseResult<DeliveredLayer[]>> SplitAsync(Func<string, bool, bool> leavesOut, long limit, CancellationToken cancellationToken) =>
        RunAsync(tree => tree.Split(), leavesOut, limit, cancellationToken);

    private async Task<PhaseResult<DeliveredLayer[]>> RunAsync(
        Func<LayerTree, IReadOnlyList<LayerPart>> split, Func<string, bool, bool> leavesOut, long limit, CancellationToken cancellationToken)
    {
        try
        {
            var tree = LayerTree.Read(paths.App, Prefix, leavesOut);
            var parts = split(tree);
            var room = new SlugRoom(limit);
            // What fits as it is need not be compressed for the answer: the service does that when the pusher has it.
            var form = parts.Sum(part => part.Extent) <= limit ? LayerForm.Tar : LayerForm.Zstd;
            var layers = await SendAsync(parts, form, room, cancellationToken);
            if (form == LayerForm.Tar && room.IsExceeded)
                layers = await SendAsync(parts, LayerForm.Zstd, room = new(limit), cancellationToken);
            if (tree.Dropped is { Count: > 0 } dropped)
                await log.WarnAsync(BuildWarning.Dropped(dropped), cancellationToken);
            return room.IsExceeded ? TooLarge(room.Taken, limit) : layers;
        }
        catch (UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }
        catch (HttpRequestException broken) when (broken.InnerException is UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }
    }

    private async Task<DeliveredLayer[]> SendAsync(IReadOnlyList<LayerPart> parts, LayerForm form, SlugRoom room, CancellationToken cancellationToken)
    {
        using var sending = new LayerSending(calls, room, form, Environment.ProcessorCount);
        return await sending.SendAsync(parts, cancellationToken);
    }

    // What other layers took of the limit is not in the app's folder, or not only there.
    private BuildOutcome TooLarge(long size, long limit)
    {
        var others = job.DropletLimit - limit;
        var folders = LargestFolders.Describe(paths.App);
        return BuildFailure.TooLarge(size + others, job.DropletLimit, others > 0 ? $"{folders}, and dependencies ({ByteSize.InWords(others)} compressed)" : folders);
    }
}
