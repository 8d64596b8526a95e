using Slug.Content;
using Slug.Dashboard.Markup;

namespace Slug.Dashboard.Contents;

/// <summary>Which folders of a droplet weigh what: a drawing for the eye, and the same as a table for everybody.</summary>
internal static class SizeMap
{
    private const double Width = 1000;
    private const double Height = 420;
    private const double Heading = 20;
    private const int MostTiles = 60;
    private const int MostRows = 200;

    // What is smaller is drawn as nothing.
    private const double Visible = 4;

    /// <param name="weights">Of what is in the folder, the heaviest first.</param>
    /// <param name="folder">Without slashes at its ends; empty for the top.</param>
    /// <param name="address">Of the droplet's page.</param>
    public static Html Of(IReadOnlyList<Weight> weights, string folder, string address)
    {
        if (weights.Count == 0 && folder.Length > 0)
            return $"<p class=\"crumbs\">{Crumbs("", address)}</p><p>There is no folder '{folder}' in it.</p>";
        var total = weights.Sum(weight => weight.Size);
        return
            $"""
            <p class="crumbs">{Crumbs(folder, address)} <span class="hint">{ByteSize.InWords(total)} in {Show.Count(weights.Sum(weight => weight.Files), "file")}</span></p>
            {(total == 0 ? Html.None : Drawing(folder, address, weights))}
            <table class="weights">
            <thead><tr><th scope="col">Name</th><th scope="col">Size</th><th scope="col">Share</th><th scope="col">Files</th></tr></thead>
            <tbody>
            {weights.Take(MostRows).Select(weight => Row(weight, folder, address, total))}
            </tbody>
            </table>
            {(weights.Count > MostRows ? $"<p class=\"hint\">The {MostRows} heaviest of {weights.Count}.</p>" : Html.None)}
            """;
    }

    // The table below has the same links: nobody has to go through both with the keyboard.
    private static Html Drawing(string folder, string address, IReadOnlyList<Weight> weights)
    {
        var drawn = weights.Where(weight => weight.Size > 0).Take(MostTiles).ToList();
        var tiles = Tiling.Of([.. drawn.Select(weight => (double)weight.Size)], new(0, 0, Width, Height));
        return
            $"""
            <svg class="map" viewBox="0 0 {Width} {Height}" aria-hidden="true">
            {drawn.Zip(tiles, (weight, tile) => Outer(Below(folder, weight.Name), address, weight, tile))}
            </svg>
            """;
    }

    private static Html Outer(string path, string address, Weight weight, Tile tile)
    {
        var inner = tile.Inner(3, Heading);
        Html shape =
            $"""
            <title>{weight.Name}: {ByteSize.InWords(weight.Size)}</title>{Rectangle(tile, "outer")}{Inner(weight, inner)}{Label(weight, tile)}
            """;
        return weight.IsFolder ? $"<a href=\"{Link(address, path)}\" tabindex=\"-1\">{shape}</a>\n" : (Html)$"<g>{shape}</g>\n";
    }

    private static IEnumerable<Html> Inner(Weight weight, Tile area)
    {
        if (area.Width < Heading || area.Height < Heading)
            return [];
        return Tiling.Of([.. weight.Inner.Take(MostTiles)], area).Where(tile => tile.Width > Visible && tile.Height > Visible).Select(tile => Rectangle(tile, "inner"));
    }

    private static Html Rectangle(Tile tile, string name) =>
        $"<rect class=\"{name}\" x=\"{Show.Number(tile.X)}\" y=\"{Show.Number(tile.Y)}\" width=\"{Show.Number(tile.Width)}\" height=\"{Show.Number(tile.Height)}\"/>";

    // About seven units a letter: what does not fit is left out, the table has it.
    private static Html Label(Weight weight, Tile tile) =>
        tile.Height < Heading || tile.Width < (weight.Name.Length * 7) + 10 ? Html.None : $"<text x=\"{Show.Number(tile.X + 6)}\" y=\"{Show.Number(tile.Y + 14)}\">{weight.Name}</text>";

    private static Html Row(Weight weight, string folder, string address, long total) =>
        $"""
        <tr>
        <th scope="row">{(weight.IsFolder ? $"<a href=\"{Link(address, Below(folder, weight.Name))}\">{weight.Name}/</a>" : (Html)$"{weight.Name}")}</th>
        <td data-label="Size">{Show.Size(weight.Size)}</td>
        <td data-label="Share">{Show.Share(weight.Size, total)}</td>
        <td data-label="Files">{weight.Files}</td>
        </tr>

        """;

    private static IEnumerable<Html> Crumbs(string folder, string address)
    {
        var path = "";
        yield return $"<a href=\"{Link(address, "")}\">/</a>";
        foreach (var part in folder.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            path = Below(path, part);
            yield return $"<a href=\"{Link(address, path)}\">{part}</a>/";
        }
    }

    private static string Below(string folder, string name) => folder.Length == 0 ? name : $"{folder}/{name}";

    private static string Link(string address, string path) => $"{address}?path={Uri.EscapeDataString(path)}#contents";
}
