using System.Globalization;
using Slug.Builds;
using Slug.Droplets.Differences;

namespace Slug.Verifications;

/// <summary>What came of a verification, as people read it at the end of its log.</summary>
internal static class VerificationPage
{
    private const int MostShown = 20;

    /// <summary>Nothing where there was nothing to compare: the lines above said why.</summary>
    public static IEnumerable<string> Lines(VerificationReport report) => report.Verdict switch
    {
        Verdict.Identical => ["", $"-----> Identical: {report.Droplet} was made again byte for byte in {Words.Of(TimeSpan.FromSeconds(report.Seconds))}"],
        Verdict.Different => LinesOfDifferent(report),
        _ => [],
    };

    private static IEnumerable<string> LinesOfDifferent(VerificationReport report)
    {
        yield return "";
        yield return string.Create(CultureInfo.InvariantCulture,
            $" !     SLUG4180: {report.Droplet} was made again and is not the same: {report.Count} {(report.Count == 1 ? "difference" : "differences")}; it is {report.Rebuilt} this time");
        foreach (var difference in report.Differences.Take(MostShown))
            yield return $" !       {difference.Path} {difference.What}{Where(difference.Bytes)}; phase {difference.Phase}";
        if (report.Count > MostShown)
            yield return string.Create(CultureInfo.InvariantCulture, $" !       and {report.Count - MostShown} more; --json lists the first hundred");
        yield return " !     Make the named phase write the same bytes each time: no time, no random number, no order of a directory in a file";
    }

    private static string Where(ByteDifference? bytes) => bytes is null ? "" : string.Create(CultureInfo.InvariantCulture,
        $", from byte {bytes.Offset} on ({bytes.LeftSize} bytes in the droplet, {bytes.RightSize} in the rebuild)");
}
