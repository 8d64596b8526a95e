using System.Globalization;
using System.Text.RegularExpressions;

namespace Slug.Commands;

/// <summary>Sizes and times as people type them.</summary>
internal static partial class Units
{
    private const string Prefixes = "KMGT";

    /// <summary>Bytes: <c>2G</c> and <c>2GiB</c> are powers of 1024, <c>2GB</c> of 1000, <c>2</c> is two bytes.</summary>
    public static bool TryReadSize(string text, out long bytes)
    {
        bytes = 0;
        if (Sizes().Match(text) is not { Success: true } match)
            return false;
        var exponent = match.Groups["prefix"].Length == 0 ? 0 : Prefixes.IndexOf(char.ToUpperInvariant(match.Groups["prefix"].Value[0]), StringComparison.Ordinal) + 1;
        var unit = Math.Pow(match.Groups["decimal"].Success ? 1000 : 1024, exponent);
        var size = double.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture) * unit;
        bytes = size is >= 1 and < long.MaxValue ? (long)size : 0;
        return bytes > 0;
    }

    /// <summary><c>90s</c>, <c>15m</c>, <c>1h30m</c>, <c>30d</c>; more than nothing.</summary>
    public static bool TryReadDuration(string text, out TimeSpan duration)
    {
        var match = Durations().Match(text);
        duration = new(Number(match.Groups["days"]), Number(match.Groups["hours"]), Number(match.Groups["minutes"]), Number(match.Groups["seconds"]));
        return match.Success && duration > TimeSpan.Zero;
    }

    private static int Number(Group group) => group.Success ? int.Parse(group.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(@"\A(?<number>\d{1,15}(\.\d{1,6})?) ?((?<prefix>[kKmMgGtT])((?<decimal>[bB])|[iI][bB])?|[bB])?\z")]
    private static partial Regex Sizes();

    [GeneratedRegex(@"\A((?<days>\d{1,4})d)?((?<hours>\d{1,4})h)?((?<minutes>\d{1,5})m)?((?<seconds>\d{1,7})s)?\z")]
    private static partial Regex Durations();
}
