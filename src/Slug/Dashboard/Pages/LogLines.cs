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
    // More than anybody reads at once; the page offers the rest.
    private const int Last = 2000;

    public static async Task<Html> ListAsync(Build build, BuildLogs logs, bool all, CancellationToken cancellationToken)
    {
        var (lines, count) = (new Queue<Html>(), 0);
        await foreach (var line in logs.ReadAsync(build.Id, 0, follow: false, cancellationToken))
        {
            lines.Enqueue(Item(line, ++count));
            if (!all && lines.Count > Last)
                lines.Dequeue();
        }

        return
            $"""
            <h2 id="log">Log</h2>
            {(count > lines.Count ? $"<p class=\"hint\">The last {lines.Count} of {count} lines. <a href=\"?log=all#log\">Show all</a></p>" : Html.None)}
            <div class="log" role="log" aria-labelledby="log" tabindex="0"{Follow(build, count)}>
            <ol>
            {lines}</ol>
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

    private static Html Follow(Build build, int count) =>
        build.FinishedAt is null ? $" aria-live=\"polite\" data-follow=\"/ui/builds/{build.Id}/log?from={count}\"" : Html.None;

    private static string ClassOf(LogLine line) => line switch
    {
        { Source: LogSource.Slug, Text: [' ', '!', ..] } => "bad",
        { Source: LogSource.Slug, Text: ['-', '-', ..] } => "step",
        { Source: LogSource.Err } => "err",
        _ => "out",
    };
}
