using System.Globalization;
using System.Net;

namespace Slug.Commands;

/// <summary>What an option's value looks like, and how it is said to the configuration; null where it is not of that form.</summary>
internal sealed record SettingForm(string Placeholder, string Expected, Func<string, string?> Read);

/// <summary>The forms that options have.</summary>
internal static class SettingForms
{
    public static readonly SettingForm Port = new("PORT", "a port from 0 to 65535; 0 takes a free one", text => Whole(text, 0, ushort.MaxValue));

    public static readonly SettingForm Count = new("N", "a whole number from 1", text => Whole(text, 1, int.MaxValue));

    public static readonly SettingForm Cores = new("N", "a number above 0, like 1.5", text =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var cores) && cores > 0 ? text : null);

    public static readonly SettingForm Address = new("ADDRESS", "an IP address of this machine", text =>
        IPAddress.TryParse(text, out _) ? text : null);

    public static readonly SettingForm Network = new("bridge|none", "bridge or none", text => text is "bridge" or "none" ? text : null);

    public static readonly SettingForm Intake = new("open|closed", "open or closed", text => text is "open" or "closed" ? text : null);

    public static readonly SettingForm File = new("FILE", "a file that exists", text => System.IO.File.Exists(text) ? Path.GetFullPath(text) : null);

    public static readonly SettingForm Text = new("TEXT", "some text", text => text);

    public static readonly SettingForm Size = new("SIZE", "a size like 512M, 2G or 500MB", text =>
        Units.TryReadSize(text, out var bytes) ? bytes.ToString(CultureInfo.InvariantCulture) : null);

    public static readonly SettingForm SizeOrNothing = new("SIZE", "a size like 512M, 2G or 500MB, or 0", text => text == "0" ? text : Size.Read(text));

    public static readonly SettingForm Duration = new("TIME", "a time like 90s, 15m or 1h30m", text =>
        Units.TryReadDuration(text, out var duration) ? duration.ToString("c") : null);

    private static string? Whole(string text, int least, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;
}
