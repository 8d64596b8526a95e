using Slug.Commands.Services;
using Slug.Droplets.Differences;

namespace Slug.Bootstrap;

/// <summary>Compares the droplets of two stages: the digests decide, and what differs is named.</summary>
internal sealed class DropletComparison(SelfSource source)
{
    /// <summary>More are counted, not shown.</summary>
    private const int MostNamed = 100;

    public async Task<StageComparison> CompareAsync(
        (Stage Stage, Compilation Compilation) left, (Stage Stage, Compilation Compilation) right, CancellationToken cancellationToken)
    {
        var differences = new List<Difference>();
        if (left.Compilation.Droplet != right.Compilation.Droplet)
            differences.AddRange(OfLabels(left.Compilation, right.Compilation));
        // Byte for byte even where the digests agree: they are what is to be shown.
        await using var mine = new LayerUnion(await left.Stage.Client.OpenAsync(ServiceRoute.Layers(SelfSource.App), cancellationToken));
        await using var yours = new LayerUnion(await right.Stage.Client.OpenAsync(ServiceRoute.Layers(SelfSource.App), cancellationToken));
        await foreach (var difference in new FileComparison(Sides.FirstAndSecond, PhaseOf).FindAsync(mine, yours, cancellationToken))
            differences.Add(difference);
        return new()
        {
            Left = left.Stage.Number + 1,
            Right = right.Stage.Number + 1,
            Same = left.Compilation.Droplet == right.Compilation.Droplet && differences.Count == 0,
            Count = differences.Count,
            Differences = [.. differences.Take(MostNamed)],
        };
    }

    private static IEnumerable<Difference> OfLabels(Compilation left, Compilation right) =>
        from key in left.Labels.Keys.Union(right.Labels.Keys).Order(StringComparer.Ordinal)
        let mine = left.Labels.GetValueOrDefault(key, "nothing")
        let yours = right.Labels.GetValueOrDefault(key, "nothing")
        where mine != yours
        select new Difference($"config label {key}", key.StartsWith("slug.process", StringComparison.Ordinal) ? "release" : "plan", $"is '{mine}' in the first and '{yours}' in the second");

    private string PhaseOf(string entry)
    {
        const string root = "./app/";
        var path = entry.StartsWith(root, StringComparison.Ordinal) ? entry[root.Length..] : entry;
        if (path.StartsWith(".slug/", StringComparison.Ordinal))
            return "pack";
        return source.Files.Contains(path) ? "fetch" : "compile";
    }
}
