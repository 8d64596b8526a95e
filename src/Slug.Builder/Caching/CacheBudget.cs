using Slug.Builder.Logs;
using Slug.Content;
using Slug.Content.Trees;
using Slug.Content.Wire;

namespace Slug.Builder.Caching;

/// <summary>Fits the build cache into its budget: the entries that were not used for longest go first, and that is told.</summary>
internal sealed class CacheBudget(BuildJob job, BuilderPaths paths, BuildLog log)
{
    private const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CacheUses uses = new(paths);

    public async Task FitAsync(CancellationToken cancellationToken)
    {
        try
        {
            var entries = Entries();
            var dropped = Superfluous(entries);
            foreach (var (index, entry) in dropped.Index())
                Drop(entry, index);
            if (dropped.Count > 0)
                await log.StepAsync(Told(entries, dropped), cancellationToken);
            if (entries.Count > dropped.Count)
                uses.Write(entries.Except(dropped));
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException)
        {
            await log.WarnAsync(BuildWarning.CacheNotMeasured(mistake.Message), cancellationToken);
        }
    }

    private List<CacheEntry> Entries()
    {
        var (begun, known) = (uses.BegunAt, uses.Read());
        return [.. Directory.EnumerateFileSystemEntries(paths.Cache).Select(path =>
        {
            var (name, use) = (Path.GetFileName(path), TreeUse.Of(path));
            return new CacheEntry(name, use.Size, use.UsedAt > begun ? use.UsedAt : known.GetValueOrDefault(name, begun));
        })];
    }

    private List<CacheEntry> Superfluous(List<CacheEntry> entries)
    {
        var excess = entries.Sum(entry => entry.Size) - job.CacheLimit;
        var dropped = new List<CacheEntry>();
        foreach (var entry in entries.OrderBy(entry => entry.UsedAt).ThenByDescending(entry => entry.Size).TakeWhile(_ => excess > 0))
        {
            dropped.Add(entry);
            excess -= entry.Size;
        }

        return dropped;
    }

    // Moved, as that takes no time, and read-only folders cannot be emptied; the container's end removes it.
    private void Drop(CacheEntry entry, int number)
    {
        var path = Path.Combine(paths.Cache, entry.Name);
        var aside = Path.Combine(Directory.CreateDirectory(paths.Cache + ".dropped").FullName, $"{number}");
        if (!Directory.Exists(path) || new FileInfo(path).LinkTarget is not null)
        {
            File.Move(path, aside);
            return;
        }

        File.SetUnixFileMode(path, Own);
        Directory.Move(path, aside);
    }

    private string Told(List<CacheEntry> entries, List<CacheEntry> dropped) =>
        $"Cache is {ByteSize.InWords(entries.Sum(entry => entry.Size))}, its budget {ByteSize.InWords(job.CacheLimit)}: dropped "
        + string.Join(", ", dropped.Select(entry => $"'{entry.Name}' ({ByteSize.InWords(entry.Size)})"));
}
