using Slug.Builder.Caching;
using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Builder.Steps;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;

namespace Slug.Builder.Phases;

/// <summary>What earlier builds left for this one.</summary>
/// <param name="Cache">The build cache's folder.</param>
/// <param name="IsCacheWhole">It holds what was kept: what it is after the build takes that one's place.</param>
/// <param name="Steps">The steps with declared inputs, each with what is kept of it.</param>
internal sealed record RestoredApp(string Cache, bool IsCacheWhole, IReadOnlyList<Step> Steps);

/// <summary>What steps made comes to light, and the app's build cache comes back; it is told from where, or why not. One that does not is no reason to fail.</summary>
internal sealed class Restore(BuilderPaths paths, BuildCalls calls, StepLookup lookup, BuildLog log)
{
    public async Task<PhaseResult<RestoredApp>> RunAsync(IReadOnlyList<Detection> detected, CancellationToken cancellationToken)
    {
        if ((await lookup.FindAsync(detected, cancellationToken)).Ends(out var ending, out var steps))
            return ending;
        var cache = Directory.CreateDirectory(paths.Cache);
        // All that a cache would speed is there already.
        var isNeeded = !steps.Exists(step => step is { IsAlone: true, Kept.ForRunAlone: true });
        if (isNeeded)
            await RestoreAsync(cache, cancellationToken);
        else
            await log.StepAsync("No cache restored: nothing is left that it would speed", cancellationToken);
        new CacheUses(paths).Begin();
        return new RestoredApp(cache.FullName, isNeeded, steps);
    }

    private async Task RestoreAsync(DirectoryInfo cache, CancellationToken cancellationToken)
    {
        try
        {
            await log.StepAsync(await FetchAsync(cancellationToken), cancellationToken);
        }
        catch (Exception mistake) when (mistake is InvalidDataException or IOException or HttpRequestException)
        {
            cache.Delete(recursive: true);
            cache.Create();
            await log.WarnAsync(BuildWarning.CacheUnusable(mistake.Message), cancellationToken);
        }
    }

    private async Task<string> FetchAsync(CancellationToken cancellationToken)
    {
        await using var kept = await calls.CacheAsync(cancellationToken);
        if (kept.Absence is { } reason)
            return $"No cache restored: {reason}";
        await using var bytes = new DigestStream(kept.Content);
        await using (var tar = new ZstdDecompressStream(bytes))
            await TarExtraction.ExtractAsync(tar, paths.Cache, cancellationToken);
        // The digest is over every byte, also those after the archive's end.
        await bytes.CopyToAsync(Stream.Null, cancellationToken);
        return bytes.Finish() == kept.Digest
            ? $"Cache restored: {ByteSize.InWords(bytes.Length)} from build {kept.Build}"
            : throw new InvalidDataException($"the cache that build {kept.Build} left is damaged: it is {bytes.Finish()}, and was {kept.Digest}");
    }
}
