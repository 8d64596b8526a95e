using System.Globalization;

namespace Slug.Content;

/// <summary>A number of bytes as people read it.</summary>
public static class ByteSize
{
    private const long Mebi = 1L << 20;
    private const long Gibi = 1L << 30;

    /// <summary>
    /// <c>2 GB</c> for 2 · 1024³, as engines count memory, where the number is round so; else by thousands:
    /// <c>612 MB</c>, <c>12.3 MB</c>, <c>212 KB</c>, <c>7 bytes</c>.
    /// </summary>
    public static string InWords(long bytes) => bytes switch
    {
        >= Gibi when bytes % Gibi == 0 => Text($"{bytes / Gibi} GB"),
        >= Mebi when bytes % Mebi == 0 => Text($"{bytes / Mebi} MB"),
        >= 1_000_000_000 => Text($"{bytes / 1e9:0.#} GB"),
        >= 100_000_000 => Text($"{bytes / 1e6:0} MB"),
        >= 1_000_000 => Text($"{bytes / 1e6:0.#} MB"),
        >= 1000 => Text($"{bytes / 1e3:0} KB"),
        _ => Text($"{bytes} bytes"),
    };

    private static string Text(FormattableString figure) => figure.ToString(CultureInfo.InvariantCulture);
}
