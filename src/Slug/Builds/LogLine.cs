using System.Globalization;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>One line of a build's log: when, whose, and what, already safe for a terminal.</summary>
internal readonly record struct LogLine(DateTimeOffset At, LogSource Source, string Text)
{
    /// <summary>As it lies in the file: milliseconds since 1970, the source's letter, the text.</summary>
    public string ToStored() =>
        string.Create(CultureInfo.InvariantCulture, $"{At.ToUnixTimeMilliseconds()} {Letter} {Text}");

    /// <summary>Reads a stored line; one that a crash cut short becomes text of ours.</summary>
    public static LogLine FromStored(string stored)
    {
        var space = stored.IndexOf(' ');
        if (space < 1 || stored.Length < space + 3 || !long.TryParse(stored.AsSpan(0, space), NumberStyles.None, CultureInfo.InvariantCulture, out var at))
            return new(DateTimeOffset.UnixEpoch, LogSource.Slug, stored);
        var source = stored[space + 1] switch { 'o' => LogSource.Out, 'e' => LogSource.Err, _ => LogSource.Slug };
        return new(DateTimeOffset.FromUnixTimeMilliseconds(at), source, stored[(space + 3)..]);
    }

    private char Letter => Source switch { LogSource.Out => 'o', LogSource.Err => 'e', _ => 's' };
}
