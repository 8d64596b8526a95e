using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>The app directory becomes a layer: read once for its digest, and once more to be sent where the service has it not.</summary>
internal sealed class Pack(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    private const string Prefix = "./app";
    private const int Level = 3;

    public async Task<PhaseResult<LayerReference>> RunAsync(CancellationToken cancellationToken)
    {
        await log.StepAsync("Packing the slug", cancellationToken);
        try
        {
            var layer = await DigestAsync(cancellationToken);
            return await calls.HasBlobAsync(layer.DiffId, cancellationToken)
                ? await KeepAsync(layer, cancellationToken)
                : await SendAsync(layer, cancellationToken);
        }
        catch (UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }
        catch (UnauthorizedAccessException mistake)
        {
            return BuildFailure.BadEntry($"{mistake.Message} Make it readable in the build");
        }
    }

    private async Task<LayerReference> DigestAsync(CancellationToken cancellationToken)
    {
        await using var digest = new DigestStream(Stream.Null);
        await LayerTar.WriteAsync(paths.App, Prefix, digest, cancellationToken);
        return new(digest.Finish(), digest.Length);
    }

    private async Task<PhaseResult<LayerReference>> KeepAsync(LayerReference layer, CancellationToken cancellationToken)
    {
        await log.DetailAsync($"Unchanged: {ByteSize.InWords(layer.Size)}, nothing to send", cancellationToken);
        return layer;
    }

    private async Task<PhaseResult<LayerReference>> SendAsync(LayerReference layer, CancellationToken cancellationToken)
    {
        var size = 0L;
        try
        {
            await calls.PutBlobAsync(layer.DiffId, async (body, stopped) => size = await CompressAsync(body, stopped), cancellationToken);
        }
        catch (SlugTooLargeException excess)
        {
            return BuildFailure.TooLarge(excess.Size, job.DropletLimit, LargestFolders.Describe(paths.App));
        }
        catch (HttpRequestException sending) when (sending.InnerException is UnpackableEntryException mistake)
        {
            return BuildFailure.BadEntry(mistake.Message);
        }

        await log.DetailAsync($"Done: {ByteSize.InWords(size)} of {ByteSize.InWords(layer.Size)}", cancellationToken);
        return layer;
    }

    private async Task<long> CompressAsync(Stream body, CancellationToken cancellationToken)
    {
        await using var limited = new LimitedStream(body, job.DropletLimit);
        await using (var compressed = new ZstdCompressStream(limited, Level, Environment.ProcessorCount))
            await LayerTar.WriteAsync(paths.App, Prefix, compressed, cancellationToken);
        // Past the limit nothing more was sent, but all of it was counted: the pusher is told how large the slug is.
        return limited.Written <= job.DropletLimit ? limited.Written : throw new SlugTooLargeException(limited.Written);
    }
}
