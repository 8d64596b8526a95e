namespace Slug.Dashboard.Contents;

/// <summary>What something in a folder weighs, all below it included.</summary>
internal sealed record Weight(string Name, bool IsFolder, long Size, int Files)
{
    /// <summary>What is in a folder of a droplet, the heaviest first.</summary>
    /// <param name="files">Of the droplet.</param>
    /// <param name="folder">Without slashes at its ends; empty for the top.</param>
    public static IReadOnlyList<Weight> In(IReadOnlyList<ListedFile> files, string folder)
    {
        var prefix = folder.Length == 0 ? "" : folder + "/";
        var sums = new Dictionary<string, (bool IsFolder, long Size, int Files)>(StringComparer.Ordinal);
        var names = sums.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var file in files)
        {
            if (!file.Path.StartsWith(prefix, StringComparison.Ordinal))
                continue;
            var below = file.Path.AsSpan(prefix.Length);
            var slash = below.IndexOf('/');
            var name = slash < 0 ? below : below[..slash];
            var (isFolder, size, count) = names.TryGetValue(name, out var sum) ? sum : default;
            names[name] = (isFolder || slash >= 0, size + file.Size, count + 1);
        }

        return [.. sums.Select(sum => new Weight(sum.Key, sum.Value.IsFolder, sum.Value.Size, sum.Value.Files)).OrderByDescending(weight => weight.Size).ThenBy(weight => weight.Name, StringComparer.Ordinal)];
    }
}
