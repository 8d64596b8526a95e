namespace Slug.Platform;

/// <summary>A list in parts, as the Platform API cuts it: 206 and <c>Next-Range</c> until all was given.</summary>
internal static class Paging
{
    /// <param name="http">Whose <c>Range</c> says which part.</param>
    /// <param name="all">The list.</param>
    /// <param name="keys">By what it may be asked for; the first is what it is sorted by where nothing is said. No two entries have the same key.</param>
    public static IResult Of<T>(HttpContext http, IEnumerable<T> all, params IReadOnlyList<SortKey<T>> keys)
    {
        var header = http.Request.Headers.Range.ToString();
        var range = header.Length == 0 ? ListRange.Whole(keys[0].Field) : ListRange.Read(header);
        http.Response.Headers.AcceptRanges = string.Join(", ", keys.Select(key => key.Field));
        if (range is null || keys.FirstOrDefault(key => key.Field == range.Field) is not { } by)
            return PlatformError.NoRange($"SLUG6104: the range '{header}' is none of this list's; expected {ListRange.Rule}, FIELD one of {http.Response.Headers.AcceptRanges}");
        var sorted = all.Order(Comparer<T>.Create((one, other) => ListRange.Compare(by.Of(one), by.Of(other)) * (range.Descending ? -1 : 1)));
        var found = sorted.Where(entry => range.Holds(by.Of(entry))).Take(range.Max + 1).ToList();
        var part = found.Take(range.Max).ToList();
        if (part is [var first, ..])
            http.Response.Headers.ContentRange = $"{by.Field} {by.Of(first)}..{by.Of(part[^1])}";
        if (found.Count == part.Count)
            return Answer.Of<IReadOnlyList<T>>(part);
        http.Response.Headers["Next-Range"] = range.After(by.Of(part[^1])).ToString();
        return Answer.Of<IReadOnlyList<T>>(part, StatusCodes.Status206PartialContent);
    }
}

/// <summary>Something by which a list may be sorted and cut.</summary>
internal sealed record SortKey<T>(string Field, Func<T, string> Of);
