using System.Globalization;
using System.Text.RegularExpressions;

namespace Slug.Platform.Streams;

/// <summary>From which byte of the log a reader wants to go on.</summary>
/// <param name="Position">The first byte it wants.</param>
/// <param name="IsRange">It asked by <c>Range</c>, and is answered in those terms.</param>
internal readonly partial record struct StreamPlace(long Position, bool IsRange)
{
    public const string Id = "Last-Event-ID";

    /// <summary>What the id says, else <c>Range</c>; of other ranges than "from here on" nothing is made (RFC 9110, 14.2). Null where the id is none of ours.</summary>
    public static StreamPlace? Of(IHeaderDictionary headers)
    {
        if (headers[Id].ToString() is { Length: > 0 } id)
            return long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? new(after, IsRange: false) : null;
        return Range().Match(headers.Range.ToString()) is { Success: true } range ? new(long.Parse(range.Groups[1].ValueSpan, CultureInfo.InvariantCulture), IsRange: true) : new(0, IsRange: false);
    }

    [GeneratedRegex(@"^bytes=([0-9]{1,18})-\z", RegexOptions.CultureInvariant)]
    private static partial Regex Range();
}
