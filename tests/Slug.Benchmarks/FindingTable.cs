namespace Slug.Benchmarks;

/// <summary>Findings in aligned columns.</summary>
internal static class FindingTable
{
    private static readonly string[] heads = ["measured", "Slug", "floor", "ratio", "result", "target", ""];

    public static void Write(IReadOnlyList<Finding> findings, TextWriter output)
    {
        string[][] rows = [heads, .. findings.Select(Cells)];
        var widths = heads.Select((_, column) => rows.Max(row => row[column].Length)).ToArray();
        output.WriteLine();
        foreach (var row in rows)
            output.WriteLine(string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))));
    }

    private static string[] Cells(Finding finding) =>
        [finding.What, finding.Ours, finding.Floor, finding.Ratio, finding.Result, finding.Target, finding.Holds ? "holds" : "MISSED"];
}
