using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary>The one way in which commands show a list.</summary>
internal static class Listing
{
    public static int Show<T>(
        ParseResult parse, IReadOnlyList<T> items, JsonTypeInfo<IReadOnlyList<T>> type, string whenEmpty,
        IReadOnlyList<string> headings, Func<T, IReadOnlyList<string>> row)
    {
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(items, type);
        else if (items.Count == 0)
            screen.Remark(whenEmpty);
        else
            screen.Table(headings, items.Select(row));
        return ExitCode.Ok;
    }
}
