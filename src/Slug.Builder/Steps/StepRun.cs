using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Trees;

namespace Slug.Builder.Steps;

/// <summary>Brings a step's files into the app's folder: from the layer that is kept, or by making them. What the app brought stays as it is.</summary>
internal sealed class StepRun(BuilderPaths paths, BuildCalls calls, StepMaking making, BuildLog log)
{
    /// <summary>The step's layer; none where the step left this app to compile.</summary>
    public async Task<PhaseResult<List<StepLayer>>> RunAsync(Step step, string cache, CancellationToken cancellationToken)
    {
        try
        {
            return await RestoreAsync(step, cancellationToken) is { } restored
                ? new List<StepLayer> { restored }
                : await making.RunAsync(step, cache, cancellationToken);
        }
        catch (TreeConflictException conflict)
        {
            return BuildFailure.InTheWay(step.Buildpack.Name, conflict.Path);
        }
    }

    private async Task<StepLayer?> RestoreAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Kept is not { } kept)
            return null;
        if (step.IsAlone && kept.ForRunAlone)
            return new(kept.Layer, kept.StoredSize, null);
        try
        {
            var files = await FetchAsync(kept.Layer.DiffId, cancellationToken);
            return new(kept.Layer, kept.StoredSize, TreeSnapshot.Of(paths.App, TreeMove.Merge(files, paths.App)));
        }
        catch (Exception mistake) when (mistake is InvalidDataException or IOException or HttpRequestException)
        {
            await log.WarnAsync(BuildWarning.StepUnusable(step.Buildpack.Name, mistake.Message), cancellationToken);
            return null;
        }
    }

    private async Task<string> FetchAsync(Digest diffId, CancellationToken cancellationToken)
    {
        var folder = paths.NewStepFolder();
        await using var compressed = await calls.BlobAsync(diffId, cancellationToken);
        await using var tar = new DigestStream(new ZstdDecompressStream(compressed));
        await TarExtraction.ExtractAsync(tar, folder, cancellationToken);
        await tar.CopyToAsync(Stream.Null, cancellationToken);
        return tar.Finish() is var found && found == diffId
            ? Path.Combine(folder, "app")
            : throw new InvalidDataException($"it arrived as {found}, and was {diffId}");
    }
}
