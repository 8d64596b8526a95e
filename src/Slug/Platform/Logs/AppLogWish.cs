namespace Slug.Platform.Logs;

/// <summary>What of an app's log is asked for.</summary>
/// <param name="Lines">How many of the last lines.</param>
/// <param name="Tail">And all that come.</param>
/// <param name="Source">Of this source alone; null for all.</param>
/// <param name="Process">Of this process alone; null for all.</param>
/// <param name="After">Only what came later; null from the start.</param>
internal sealed record AppLogWish(int Lines, bool Tail, string? Source, string? Process, DateTimeOffset? After)
{
    public bool Wants(AppLogLine line) =>
        Source is null or AppLogLine.Source && (Process is null || Process == line.Process) && (After is null || line.At > After);
}
