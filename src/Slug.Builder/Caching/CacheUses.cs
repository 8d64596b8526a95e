using System.Globalization;
using System.Text;

namespace Slug.Builder.Caching;

/// <summary>
/// When each top-level entry of the build cache was last used, as earlier builds wrote it down: a file in the cache while it is
/// kept, beside it while buildpacks work, so that none of them meets it.
/// </summary>
internal sealed class CacheUses(BuilderPaths paths)
{
    private const string Name = ".slug-uses";

    private string Beside => paths.Cache + ".uses";

    /// <summary>The cache is in its place: what is read or changed from here on is used by this build.</summary>
    public void Begin()
    {
        var inside = Path.Combine(paths.Cache, Name);
        var lines = File.Exists(inside) ? File.ReadAllBytes(inside) : [];
        File.Delete(inside);
        File.WriteAllBytes(Beside, lines);
    }

    /// <summary>By the file system's clock, as the uses are that it is compared with.</summary>
    public DateTimeOffset BegunAt => File.GetLastWriteTimeUtc(Beside);

    /// <summary>Entry to time. The lines come from beside foreign code: one that is none is no use.</summary>
    public Dictionary<string, DateTimeOffset> Read()
    {
        var uses = new Dictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        foreach (var line in File.ReadLines(Beside))
        {
            if (line.Split(' ', 2) is [var seconds, var name] && uint.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out var at))
                uses[name] = DateTimeOffset.FromUnixTimeSeconds(at);
        }

        return uses;
    }

    /// <summary>Puts the uses into the cache, for the next build.</summary>
    public void Write(IEnumerable<CacheEntry> entries)
    {
        var lines = new StringBuilder();
        foreach (var entry in entries.Where(entry => !entry.Name.Contains('\n', StringComparison.Ordinal)))
            lines.Append(CultureInfo.InvariantCulture, $"{entry.UsedAt.ToUnixTimeSeconds()} {entry.Name}\n");
        File.WriteAllText(Path.Combine(paths.Cache, Name), lines.ToString());
    }
}

/// <summary>A top-level entry of the build cache.</summary>
internal sealed record CacheEntry(string Name, long Size, DateTimeOffset UsedAt);
