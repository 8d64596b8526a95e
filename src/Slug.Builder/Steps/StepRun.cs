using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Trees;
using Slug.Content.Wire;

namespace Slug.Builder.Steps;

/// <summary>Brings the steps' files into the app's folder: from the layers that are kept, or by making them. What the app brought stays as it is.</summary>
internal sealed class StepRun(BuilderPaths paths, BuildCalls calls, StepMaking making, FileAuthors authors, BuildLog log)
{
    /// <summary>The layers of the steps, in order; none of a step that left this app to compile.</summary>
    public async Task<PhaseResult<List<StepLayer>>> RunAsync(IReadOnlyList<Step> steps, string cache, CancellationToken cancellationToken)
    {
        var found = new List<StepFiles>();
        foreach (var step in steps)
        {
            if (await RestoreAsync(step, cancellationToken) is { } restored)
                found.Add(restored);
            else if ((await making.RunAsync(step, cache, cancellationToken)).Ends(out var ending, out var made))
                return ending;
            else
                found.AddRange(made);
        }

        return Place(found);
    }

    private PhaseResult<List<StepLayer>> Place(List<StepFiles> found)
    {
        foreach (var folder in found.Select(files => files.Folder).OfType<string>())
            authors.Hold(folder);
        var placed = new List<(StepFiles Files, IReadOnlyList<string>? Paths)>();
        foreach (var files in found)
        {
            try
            {
                placed.Add((files, files.Folder is { } folder ? TreeMove.Merge(folder, paths.App) : null));
            }
            catch (TreeConflictException conflict)
            {
                return BuildFailure.InTheWay(files.Step.Buildpack.Name, conflict.Path);
            }
        }

        authors.End(new(BuildPhase.Compile));
        // Looked at when all are in their places: a move is a change of what was moved, and making one step moves the others.
        return placed.ConvertAll(one => new StepLayer(
            one.Files.Step.Buildpack, one.Files.Layer, one.Paths is { } moved ? TreeSnapshot.Of(paths.App, moved) : null));
    }

    private async Task<StepFiles?> RestoreAsync(Step step, CancellationToken cancellationToken)
    {
        if (step.Kept is not { } kept)
            return null;
        try
        {
            return new(step, new(kept.Layer, kept.StoredSize, IsNew: false), step.IsAlone && kept.ForRunAlone ? null : await FetchAsync(kept.Layer.DiffId, cancellationToken));
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
        await using var layer = await calls.BlobAsync(diffId, cancellationToken);
        await using var tar = new DigestStream(layer);
        await TarExtraction.ExtractAsync(tar, folder, cancellationToken);
        await tar.CopyToAsync(Stream.Null, cancellationToken);
        return tar.Finish() is var found && found == diffId
            ? Path.Combine(folder, "app")
            : throw new InvalidDataException($"it arrived as {found}, and was {diffId}");
    }
}
