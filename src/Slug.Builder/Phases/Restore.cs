using Slug.Builder.Caching;
using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;

namespace Slug.Builder.Phases;

/// <summary>The app's build cache comes back, and it is told from where, or why not. One that does not is no reason to fail.</summary>
internal sealed class Restore(BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    public async Task<PhaseResult<DirectoryInfo>> RunAsync(CancellationToken cancellationToken)
    {
        var cache = Directory.CreateDirectory(paths.Cache);
        try
        {
            await log.StepAsync(await RestoreAsync(cancellationToken), cancellationToken);
        }
        catch (Exception mistake) when (mistake is InvalidDataException or IOException or HttpRequestException)
        {
            cache.Delete(recursive: true);
            cache.Create();
            await log.WarnAsync(BuildWarning.CacheUnusable(mistake.Message), cancellationToken);
        }

        new CacheUses(paths).Begin();
        return cache;
    }

    private async Task<string> RestoreAsync(CancellationToken cancellationToken)
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
