using System.Globalization;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>Times and phases as people read them.</summary>
internal static class Words
{
    public static string Of(BuildPhase phase) => phase.ToString().ToLowerInvariant();

    /// <summary>15m, 41s, 0.8s.</summary>
    public static string Of(TimeSpan time) => time switch
    {
        { TotalMinutes: >= 1 } when time.Seconds == 0 => Text($"{(int)time.TotalMinutes}m"),
        { TotalMinutes: >= 1 } => Text($"{(int)time.TotalMinutes}m{time.Seconds}s"),
        { TotalSeconds: >= 10 } => Text($"{time.TotalSeconds:0}s"),
        _ => Text($"{time.TotalSeconds:0.0}s"),
    };

    private static string Text(FormattableString figure) => figure.ToString(CultureInfo.InvariantCulture);
}
