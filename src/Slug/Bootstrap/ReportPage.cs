using System.Globalization;
using Slug.Commands.Terminals;

namespace Slug.Bootstrap;

/// <summary>A report as people read it: a table of stages, the differences as <c>diff</c> would show them, the verdict.</summary>
internal static class ReportPage
{
    private const int MostShown = 20;

    public static void Show(Screen screen, BootstrapReport report)
    {
        screen.Line("");
        screen.Line($"Slug at {Wording.Commit(report.Commit)} (tree {Wording.Commit(report.Tree)}), in {Wording.Duration(report.Took)}");
        screen.Table(
            ["STAGE", "COMPILED BY", "DROPLET", "LAYERS", "SIZE", "TIME", "UNIT TESTS", "SMOKE RUN"],
            report.Stages.Select(stage => (string[])
            [
                stage.Stage.ToString(CultureInfo.InvariantCulture),
                stage.CompiledBy,
                stage.Droplet?.ToShortString() ?? "",
                string.Join(' ', stage.Layers.Select(layer => layer.ToShortString())),
                stage.Size is { } size ? Wording.Size(size) : "",
                Wording.Duration(stage.Took),
                stage.Tests?.ToString() ?? "",
                stage.Smoke?.ToString() ?? "",
            ]));
        foreach (var comparison in report.Comparisons)
            foreach (var line in Lines(comparison))
                screen.Line(line);
        screen.Line($"Verdict: {report.Verdict}");
    }

    /// <summary>What is to be said of two stages.</summary>
    public static IEnumerable<string> Lines(StageComparison comparison)
    {
        yield return $"Stage {comparison.Left} and stage {comparison.Right}: {(comparison.Same ? "the same" : $"{comparison.Count} differ")}";
        foreach (var difference in comparison.Differences.Take(MostShown))
        {
            yield return $"  {difference.Path} {difference.What} (phase {difference.Phase})";
            if (difference.Bytes is not { } bytes)
                continue;
            yield return string.Create(CultureInfo.InvariantCulture, $"    at {bytes.Offset} (0x{bytes.Offset:x}); {bytes.LeftSize} and {bytes.RightSize} bytes");
            yield return $"    - {bytes.Left}";
            yield return $"    + {bytes.Right}";
        }

        if (comparison.Count > MostShown)
            yield return $"  and {comparison.Count - MostShown} more; --json lists them";
    }
}
