namespace Slug.Dashboard.Contents;

/// <summary>Lays weights out as tiles whose areas are in their proportion and whose sides are not too unequal (Bruls, Huizing, van Wijk: squarified treemaps).</summary>
internal static class Tiling
{
    /// <param name="weights">More than nothing each, the heaviest first.</param>
    /// <param name="area">What they fill.</param>
    public static IReadOnlyList<Tile> Of(IReadOnlyList<double> weights, Tile area)
    {
        var tiles = new List<Tile>(weights.Count);
        var scale = area.Width * area.Height / weights.DefaultIfEmpty(1).Sum();
        for (var first = 0; first < weights.Count;)
        {
            var side = Math.Min(area.Width, area.Height);
            var (count, sum) = (1, weights[first] * scale);
            while (first + count < weights.Count && Worst(weights, first, count + 1, sum + (weights[first + count] * scale), side, scale) <= Worst(weights, first, count, sum, side, scale))
                sum += weights[first + count++] * scale;
            tiles.AddRange(Row(weights.Skip(first).Take(count).Select(weight => weight * scale), sum, area));
            area = Rest(area, sum);
            first += count;
        }

        return tiles;
    }

    // How unequal the sides of the most unequal tile in a row are.
    private static double Worst(IReadOnlyList<double> weights, int first, int count, double sum, double side, double scale)
    {
        var (largest, smallest) = (weights[first] * scale, weights[first + count - 1] * scale);
        return Math.Max(side * side * largest / (sum * sum), sum * sum / (side * side * smallest));
    }

    private static IEnumerable<Tile> Row(IEnumerable<double> sizes, double sum, Tile area)
    {
        var at = 0.0;
        foreach (var size in sizes)
        {
            var thickness = sum / Math.Min(area.Width, area.Height);
            var length = size / thickness;
            yield return area.Width >= area.Height
                ? new(area.X, area.Y + at, thickness, length)
                : new(area.X + at, area.Y, length, thickness);
            at += length;
        }
    }

    private static Tile Rest(Tile area, double sum) => area.Width >= area.Height
        ? area with { X = area.X + (sum / area.Height), Width = Math.Max(area.Width - (sum / area.Height), 0.001) }
        : area with { Y = area.Y + (sum / area.Width), Height = Math.Max(area.Height - (sum / area.Width), 0.001) };
}

/// <summary>A part of a drawing.</summary>
internal readonly record struct Tile(double X, double Y, double Width, double Height)
{
    /// <summary>The same, less a margin.</summary>
    public Tile Inner(double margin, double top) => new(X + margin, Y + top, Math.Max(Width - (2 * margin), 0), Math.Max(Height - top - margin, 0));
}
