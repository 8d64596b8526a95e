namespace Slug.Droplets.Bills;

/// <summary><c>go.mod</c>, whose requirements are all modules of a build since Go 1.17, and <c>go.sum</c>.</summary>
internal static class GoModules
{
    public static IEnumerable<Package> ReadRequirements(byte[] file)
    {
        var isInside = false;
        foreach (var line in LockfileText.Lines(file))
        {
            var words = line.Split("//")[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words is ["require", "("])
                isInside = true;
            else if (words is [")"])
                isInside = false;
            else if ((isInside && words is [_, _] ? words : words is ["require", _, _] ? words[1..] : []) is [var path, var version])
                yield return Of(path, version);
        }
    }

    /// <summary>Modules whose files were fetched; those of which only the go.mod was looked at are no part of the app.</summary>
    public static IEnumerable<Package> ReadSums(byte[] file) =>
        from line in LockfileText.Lines(file)
        let words = line.Split(' ')
        where words.Length == 3 && !words[1].EndsWith("/go.mod", StringComparison.Ordinal)
        select Of(words[0], words[1]);

    private static Package Of(string path, string version) => Package.OfPath("golang", path.Trim('"').ToLowerInvariant(), version);
}
