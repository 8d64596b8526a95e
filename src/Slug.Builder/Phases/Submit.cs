using Slug.Builder.Protocol;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The result goes to the service, and the cache after it: the pusher does not wait for that.</summary>
internal sealed class Submit(BuilderPaths paths, BuildCalls calls)
{
    private const int Level = 1;

    /// <param name="outcome">How the build ended.</param>
    /// <param name="isCacheWhole">The cache's folder is what is to be kept; otherwise what is kept stays.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task RunAsync(BuildOutcome outcome, bool isCacheWhole, CancellationToken cancellationToken)
    {
        await calls.PostResultAsync(outcome, cancellationToken);
        if (outcome is BuildOutcome.Succeeded && isCacheWhole && Directory.EnumerateFileSystemEntries(paths.Cache).Any())
            await PutCacheAsync(cancellationToken);
    }

    // The build has ended, well: a cache that cannot be kept is only told to the operator.
    private async Task PutCacheAsync(CancellationToken cancellationToken)
    {
        try
        {
            await calls.PutCacheAsync(CompressAsync, cancellationToken);
        }
        catch (Exception mistake) when (mistake is IOException or UnauthorizedAccessException or UnpackableEntryException or HttpRequestException)
        {
            await Console.Error.WriteLineAsync($"SLUG3171: build cache is not kept, '{mistake.Message}'; the next build starts without it");
        }
    }

    private async Task CompressAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var compressed = new ZstdCompressStream(body, Level, Environment.ProcessorCount);
        await LayerTar.WriteAsync(paths.Cache, ".", compressed, cancellationToken);
    }
}
