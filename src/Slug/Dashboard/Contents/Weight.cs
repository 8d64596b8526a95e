using Slug.Droplets.Listings;

namespace Slug.Dashboard.Contents;

/// <summary>What something in a folder weighs, all below it included.</summary>
internal sealed class Weight(string name)
{
    private readonly Dictionary<string, long> inner = new(StringComparer.Ordinal);

    public string Name => name;

    public bool IsFolder { get; private set; }

    public long Size { get; private set; }

    public int Files { get; private set; }

    /// <summary>Of a folder, the sizes of what is in it, the largest first; what has none is left out.</summary>
    public IEnumerable<double> Inner => inner.Values.Where(size => size > 0).OrderDescending().Select(size => (double)size);

    /// <summary>What is in a folder of a droplet, the heaviest first.</summary>
    /// <param name="files">Of the droplet.</param>
    /// <param name="folder">Without slashes at its ends; empty for the top.</param>
    public static IReadOnlyList<Weight> In(IEnumerable<ListedFile> files, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var weights = new Dictionary<string, Weight>(StringComparer.Ordinal);
        var byName = weights.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var file in files)
        {
            if (!file.Path.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var below = file.Path.AsSpan(prefix.Length);
            var name = FirstOf(below);
            if (!byName.TryGetValue(name, out var weight))
                byName[name] = weight = new(name.ToString());
            weight.Add(below[name.Length..], file.Size);
        }

        return [.. weights.Values.OrderByDescending(weight => weight.Size).ThenBy(weight => weight.Name, StringComparer.Ordinal)];
    }

    private static ReadOnlySpan<char> FirstOf(ReadOnlySpan<char> path) => path.IndexOf('/') is >= 0 and var slash ? path[..slash] : path;

    // What is left of the path begins with a slash, or is nothing.
    private void Add(ReadOnlySpan<char> below, long size)
    {
        (Size, Files) = (Size + size, Files + 1);
        if (below.IsEmpty)
            return;
        IsFolder = true;
        var sizes = inner.GetAlternateLookup<ReadOnlySpan<char>>();
        var name = FirstOf(below[1..]);
        sizes[name] = (sizes.TryGetValue(name, out var sum) ? sum : 0) + size;
    }
}
