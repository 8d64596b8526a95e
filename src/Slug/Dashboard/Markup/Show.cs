using System.Globalization;
using Slug.Builds;
using Slug.Content;

namespace Slug.Dashboard.Markup;

/// <summary>Facts as every page shows them.</summary>
internal static class Show
{
    private const int CommitDigits = 8;
    private const int DigestDigits = 12;

    /// <summary>In UTC, to the minute; the rest when it is pointed at.</summary>
    public static Html Time(DateTimeOffset? at) => at is not { } time ? (Html)$"–" :
        $"<time datetime=\"{Iso(time)}\" title=\"{Iso(time)}\">{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}</time>";

    public static string Duration(TimeSpan time) => Words.Of(time);

    public static Html Size(long bytes) => $"<span class=\"size\" title=\"{bytes} bytes\">{ByteSize.InWords(bytes)}</span>";

    public static string Count(int count, string of) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {of}{(count == 1 ? "" : "s")}");

    public static Html Commit(string? commit) => commit is null ? (Html)$"–" : $"<code title=\"{commit}\">{commit[..Math.Min(CommitDigits, commit.Length)]}</code>";

    public static Html DigestOf(Digest digest) => $"<code title=\"{digest}\">{digest.Hex[..DigestDigits]}</code>";

    public static Html Droplet(string app, Digest digest) => $"<a href=\"/ui/apps/{app}/droplets/{digest.Hex}\">{DigestOf(digest)}</a>";

    /// <summary>The same, and whether it is known to be damaged.</summary>
    public static Html Droplet(string app, Digest digest, IReadOnlySet<Digest> damaged) =>
        $"{Droplet(app, digest)}{(damaged.Contains(digest) ? $" <span class=\"status failed\">damaged</span>" : Html.None)}";

    /// <summary>How much of a whole something is.</summary>
    public static Html Share(long part, long whole) =>
        $"<meter min=\"0\" max=\"{Math.Max(whole, 1)}\" value=\"{part}\">{part * 100 / Math.Max(whole, 1)} %</meter>";

    /// <summary>A place or length in a drawing.</summary>
    public static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Told by a word and a sign: never by its colour alone.</summary>
    public static Html Status(string status) => $"<span class=\"status {status}\">{status}</span>";

    /// <summary>How long a build took, or has taken so far.</summary>
    public static string Took(Build build, DateTimeOffset now) =>
        build.StartedAt is not { } started ? (build.Cached ? "at once" : "–") : Duration((build.FinishedAt ?? now) - started);

    private static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
