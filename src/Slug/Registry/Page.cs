using System.Globalization;

namespace Slug.Registry;

/// <summary>A part of a sorted list, as the distribution spec cuts it: <c>n</c> entries after <c>last</c>, and where the next ones are.</summary>
internal static class Page
{
    /// <summary>Gives the entries to <paramref name="show"/>; a refusal where <c>n</c> is no number.</summary>
    public static IResult Of(HttpContext http, IEnumerable<string> names, Func<IReadOnlyList<string>, IResult> show)
    {
        var (number, last) = (http.Request.Query["n"].ToString(), http.Request.Query["last"].ToString());
        var count = int.MaxValue;
        if (number.Length > 0 && !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out count))
            return Refusals.NoNumber(number);
        var rest = names.Where(name => string.CompareOrdinal(name, last) > 0).Order(StringComparer.Ordinal).ToList();
        var page = rest.Take(count).ToList();
        if (page.Count < rest.Count && page is [.., var end])
            http.Response.Headers.Link = $"<{http.Request.Path}?n={count}&last={Uri.EscapeDataString(end)}>; rel=\"next\"";
        return show(page);
    }
}
