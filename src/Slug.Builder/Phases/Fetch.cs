using Slug.Builder.Buildpacks;
using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content.Sources;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>Source and buildpacks come in, and <c>.slugignore</c> takes out what the build is not to see.</summary>
internal sealed class Fetch(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    public async Task<PhaseResult<List<Buildpack>>> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FetchSourceAsync(cancellationToken);
        }
        catch (InvalidDataException mistake)
        {
            return BuildFailure.BadSource(mistake.Message);
        }

        // Before .slugignore: a buildpack that the app brings need not be part of the slug.
        if ((await BringAsync(cancellationToken)).Ends(out var ending, out var buildpacks))
            return ending;
        await PruneAsync(cancellationToken);
        return job.Buildpacks.Select(reference => buildpacks[reference]).ToList();
    }

    private async Task<PhaseResult<Dictionary<BuildpackReference, Buildpack>>> BringAsync(CancellationToken cancellationToken)
    {
        var delivery = new BuildpackDelivery(paths, calls);
        var buildpacks = new Dictionary<BuildpackReference, Buildpack>();
        foreach (var reference in job.Buildpacks.Distinct())
        {
            if ((await delivery.BringAsync(reference, cancellationToken)).Ends(out var ending, out var buildpack))
                return ending;
            buildpacks[reference] = buildpack;
        }

        return buildpacks;
    }

    private async Task FetchSourceAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(paths.App);
        await using var tar = await calls.SourceAsync(cancellationToken);
        await TarExtraction.ExtractAsync(tar, paths.App, cancellationToken);
    }

    private async Task PruneAsync(CancellationToken cancellationToken)
    {
        SlugIgnore.DeleteGit(paths.App);
        var ignore = SlugIgnore.Read(paths.App);
        foreach (var line in ignore.Negations)
            await log.WarnAsync(BuildWarning.Negation(line), cancellationToken);
        if (ignore.Prune(paths.App) is > 0 and var pruned)
            await log.StepAsync($"Left out by .slugignore: {pruned} {(pruned == 1 ? "entry" : "entries")}", cancellationToken);
    }
}
