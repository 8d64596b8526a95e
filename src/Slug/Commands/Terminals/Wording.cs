using System.Globalization;

namespace Slug.Commands.Terminals;

/// <summary>How times, sizes and absent values are written in tables.</summary>
internal static class Wording
{
    private static readonly string[] units = ["B", "kB", "MB", "GB", "TB"];

    /// <summary>Decimal units, three digits: <c>13.4 MB</c>.</summary>
    public static string Size(long bytes)
    {
        var (value, unit) = ((double)bytes, 0);
        while (value >= 999.5 && unit < units.Length - 1)
            (value, unit) = (value / 1000, unit + 1);
        var format = unit == 0 || value >= 99.95 ? "0" : "0.0";
        return $"{value.ToString(format, CultureInfo.InvariantCulture)} {units[unit]}";
    }

    public static string Time(DateTimeOffset? time) => time?.ToString("u", CultureInfo.InvariantCulture) ?? "";

    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => "",
        { TotalMilliseconds: < 995 } brief => string.Create(CultureInfo.InvariantCulture, $"{brief.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds.TotalSeconds:0.0} s"),
        { } lengthy => string.Create(CultureInfo.InvariantCulture, $"{(int)lengthy.TotalMinutes} min {lengthy.Seconds} s"),
    };

    public static string Commit(string? commit) => commit is { Length: > 12 } ? commit[..12] : commit ?? "";

    public static string Version(int? release) => release is { } number ? string.Create(CultureInfo.InvariantCulture, $"v{number}") : "";
}
