using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The app's build cache comes back. One that does not is no reason to fail.</summary>
internal sealed class Restore(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    public async Task<PhaseResult<DirectoryInfo>> RunAsync(CancellationToken cancellationToken)
    {
        var cache = Directory.CreateDirectory(paths.Cache);
        if (!job.HasCache)
            return cache;
        try
        {
            await using var tar = new ZstdDecompressStream(await calls.CacheAsync(cancellationToken));
            await TarExtraction.ExtractAsync(tar, paths.Cache, cancellationToken);
        }
        catch (Exception mistake) when (mistake is InvalidDataException or IOException or HttpRequestException)
        {
            cache.Delete(recursive: true);
            cache.Create();
            await log.WarnAsync(BuildWarning.CacheUnusable(mistake.Message), cancellationToken);
        }

        return cache;
    }
}
