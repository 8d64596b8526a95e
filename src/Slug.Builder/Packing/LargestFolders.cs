using Slug.Content;

namespace Slug.Builder.Packing;

/// <summary>Where an app's bytes are: the largest folders, down to two levels.</summary>
internal static class LargestFolders
{
    private const int Shown = 5;
    private const int Depth = 2;

    private static readonly EnumerationOptions Everything = new()
    {
        AttributesToSkip = FileAttributes.ReparsePoint,
        RecurseSubdirectories = true,
    };

    public static string Describe(string app)
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var file in new DirectoryInfo(app).EnumerateFiles("*", Everything))
        {
            foreach (var folder in Above(Path.GetRelativePath(app, file.FullName)))
                sizes[folder] = sizes.GetValueOrDefault(folder) + file.Length;
        }

        return string.Join(", ", sizes.OrderByDescending(folder => folder.Value)
            .ThenBy(folder => folder.Key, StringComparer.Ordinal)
            .Take(Shown)
            .Select(folder => $"{folder.Key} ({ByteSize.InWords(folder.Value)})")
            .DefaultIfEmpty("(none)"));
    }

    private static IEnumerable<string> Above(string path)
    {
        for (var (end, depth) = (path.IndexOf('/', StringComparison.Ordinal), 0); end > 0 && depth < Depth; depth++)
        {
            yield return path[..end];
            end = path.IndexOf('/', end + 1);
        }
    }
}
