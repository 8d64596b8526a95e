using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Steps;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The app directory becomes the droplet's layers, lowest first: those that steps made, as far as they still hold, and then all else, split by content.</summary>
internal sealed class Pack(BuildJob job, LayerDelivery delivery, BuildLog log)
{
    public async Task<PhaseResult<List<LayerReference>>> RunAsync(IReadOnlyList<StepLayer> steps, CancellationToken cancellationToken)
    {
        await log.StepAsync("Packing the slug", cancellationToken);
        var layers = new List<DeliveredLayer>();
        var covered = new HashSet<string>(StringComparer.Ordinal);
        // The first step's files stayed where a later one had the same: it is above.
        foreach (var step in steps.Reverse())
        {
            if (step.Covered() is not { } paths)
                continue;
            layers.Add(step.Layer);
            covered.UnionWith(paths);
            await log.DetailAsync($"Dependencies: {ByteSize.InWords(step.Layer.Layer.Size)}, a layer of their own", cancellationToken);
        }

        var left = job.DropletLimit - layers.Sum(layer => layer.StoredSize);
        if ((await delivery.SplitAsync((path, _) => covered.Contains(path), left, cancellationToken)).Ends(out var ending, out var delivered))
            return ending;
        layers.AddRange(delivered);
        await log.DetailAsync(InWords(layers), cancellationToken);
        return layers.ConvertAll(layer => layer.Layer);
    }

    private static string InWords(List<DeliveredLayer> layers)
    {
        var sent = layers.FindAll(layer => layer.IsNew);
        var news = sent.Count == 0 ? "nothing new" : $"{ByteSize.InWords(sent.Sum(layer => layer.StoredSize))} new";
        return $"Packing: {layers.Count - sent.Count} of {layers.Count} layers unchanged, {news}; "
            + ByteSize.InWords(layers.Sum(layer => layer.Layer.Size));
    }
}
