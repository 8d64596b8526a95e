using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Steps;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The app directory becomes the droplet's layers, lowest first: those that steps made, as far as they still hold, and one of all else.</summary>
internal sealed class Pack(BuildJob job, LayerDelivery delivery, BuildLog log)
{
    public async Task<PhaseResult<List<LayerReference>>> RunAsync(IReadOnlyList<StepLayer> steps, CancellationToken cancellationToken)
    {
        await log.StepAsync("Packing the slug", cancellationToken);
        var layers = new List<LayerReference>();
        var covered = new HashSet<string>(StringComparer.Ordinal);
        var left = job.DropletLimit;
        // The first step's files stayed where a later one had the same: it is above.
        foreach (var step in steps.Reverse())
        {
            if (step.Covered() is not { } paths)
                continue;
            layers.Add(step.Layer);
            covered.UnionWith(paths);
            left -= step.StoredSize;
            await log.DetailAsync($"Dependencies: {ByteSize.InWords(step.Layer.Size)}, a layer of their own", cancellationToken);
        }

        if ((await delivery.RunAsync((path, _) => covered.Contains(path), left, cancellationToken)).Ends(out var ending, out var delivered))
            return ending;
        await log.DetailAsync(
            delivered.IsNew
                ? $"Done: {ByteSize.InWords(delivered.StoredSize)} of {ByteSize.InWords(delivered.Layer.Size)}"
                : $"Unchanged: {ByteSize.InWords(delivered.Layer.Size)}, nothing to send",
            cancellationToken);
        layers.Add(delivered.Layer);
        return layers;
    }
}
