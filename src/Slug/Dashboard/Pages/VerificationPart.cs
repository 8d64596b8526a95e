using System.Text.Json;
using Slug.Builds;
using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Verifications;

namespace Slug.Dashboard.Pages;

/// <summary>What came of making a droplet again.</summary>
internal static class VerificationPart
{
    public static Html Of(Build build)
    {
        if (build.Verifies is not { } droplet)
            return Html.None;
        var report = build.Verification is { } json ? JsonSerializer.Deserialize(json, VerificationJson.Default.VerificationReport) : null;
        return
            $"""
            <h2>Verification of {Show.Droplet(build.AppName, Digest.Parse(droplet))}</h2>
            <p>{(report is null ? "It is not decided yet." : VerdictOf(report))}</p>
            {(report?.Message is { } message ? Problem.Note(message) : Html.None)}
            <ul class="differences">
            {(report?.Differences ?? []).Select(difference => (Html)$"<li><code>{difference.Path}</code> {difference.What} <span class=\"hint\">({difference.Phase})</span></li>\n")}
            </ul>
            """;
    }

    private static string VerdictOf(VerificationReport report) => report.Verdict switch
    {
        Verdict.Identical => "It was made again byte for byte.",
        Verdict.Different => $"It was made again and differs: {Show.Count(report.Count, "difference")}.",
        _ => "It cannot be made again.",
    };
}
