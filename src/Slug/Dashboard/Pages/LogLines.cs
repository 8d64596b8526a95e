using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Dashboard.Markup;

namespace Slug.Dashboard.Pages;

/// <summary>A build's log on its page, and what comes of it while the page is open.</summary>
internal static class LogLines
{
    /// <summary>More than anybody reads at once; the page offers the rest.</summary>
    public const int Many = 2000;

    // A browser numbers a list anew with each line that comes to it: one of 50,000 takes it minutes, a hundred of 500 take it a second.
    private const int Piece = 500;

    /// <summary>The last lines there are so far, piece by piece: a log may be larger than what one wants to hold.</summary>
    public static async IAsyncEnumerable<Html> ListAsync(Build build, BuildLogs logs, int most, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var count = await logs.ReadAsync(build.Id, 0, follow: false, cancellationToken).CountAsync(cancellationToken);
        var number = Math.Max(count - most, 0);
        yield return
            $"""
            <h2 id="log">Log</h2>
            {(number > 0 ? $"<p class=\"hint\">The last {Show.Count(most, "line")} of {Show.Count(count, "line")}. <a href=\"?log=all#log\">Show all</a></p>" : Html.None)}
            <div class="log" role="log" aria-labelledby="log" tabindex="0"{How(build)}>

            """;
        await foreach (var lines in logs.ReadAsync(build.Id, number, follow: false, cancellationToken).Chunk(Piece).WithCancellation(cancellationToken))
            yield return $"<ol>\n{lines.Select(line => Item(line, ++number))}</ol>\n";
        yield return
            $"""
            <a id="end"></a>
            </div>
            <p class="hint"><a href="/ui/builds/{build.Id}/log.txt">As plain text</a></p>
            """;
    }

    /// <summary>The lines from a number on as they come, the phases whenever they change, and the end.</summary>
    public static async IAsyncEnumerable<SseItem<string>> FollowAsync(
        Build build, int from, BuildLogs logs, BuildRuns runs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<PhaseTime> told = [];
        await foreach (var line in logs.ReadAsync(build.Id, from, follow: true, cancellationToken))
        {
            if (runs.PhasesOf(build.Id) is { Count: > 0 } phases && !phases.SequenceEqual(told))
                yield return new($"{Timeline.Of(told = phases, line.At)}", "phases");
            yield return new($"{Item(line, ++from)}", "line") { EventId = from.ToString(CultureInfo.InvariantCulture) };
        }

        yield return new("", "end");
    }

    private static Html Item(LogLine line, int number) =>
        $"<li value=\"{number}\" class=\"{ClassOf(line)}\">{AnsiText.Of(line.Text)}</li>\n";

    // Of one that failed, the end says why.
    private static Html How(Build build) => build.FinishedAt is null
        ? $" aria-live=\"polite\" data-follow=\"/ui/builds/{build.Id}/log\""
        : build.Status == BuildStatus.Failed ? $" data-end=\"\"" : Html.None;

    private static string ClassOf(LogLine line) => line switch
    {
        { Source: LogSource.Slug, Text: [' ', '!', ..] } => "bad",
        { Source: LogSource.Slug, Text: ['-', '-', ..] } => "step",
        { Source: LogSource.Err } => "err",
        _ => "out",
    };
}
