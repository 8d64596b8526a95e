using Slug.Builder.Buildpacks;
using Slug.Builder.Logs;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Sources;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Phases;

/// <summary>Source and buildpacks come in, and <c>.slugignore</c> takes out what the build is not to see.</summary>
internal sealed class Fetch(BuildJob job, BuilderPaths paths, BuildCalls calls, BuildLog log)
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

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

        await PruneAsync(cancellationToken);
        foreach (var reference in job.Buildpacks.Distinct())
        {
            var found = await FetchBuildpackAsync(reference, cancellationToken);
            if (found != reference.Digest)
                return BuildFailure.WrongDigest(reference.Name, found, reference.Digest);
        }

        return job.Buildpacks.Select(At).ToList();
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

    private async Task<Digest> FetchBuildpackAsync(BuildpackReference reference, CancellationToken cancellationToken)
    {
        var buildpack = At(reference);
        Directory.CreateDirectory(buildpack.Directory);
        await using var tar = new DigestStream(await calls.BuildpackAsync(reference.Digest, cancellationToken));
        await TarExtraction.ExtractAsync(tar, buildpack.Directory, cancellationToken);
        // The digest is over every byte, also those after the archive's end.
        await tar.CopyToAsync(Stream.Null, cancellationToken);
        if (Directory.Exists(buildpack.Program("")))
        {
            foreach (var program in Directory.EnumerateFiles(buildpack.Program("")))
                File.SetUnixFileMode(program, Executable);
        }

        return tar.Finish();
    }

    private Buildpack At(BuildpackReference reference) =>
        new(reference.Name, reference.Digest, Path.Combine(paths.Buildpacks, reference.Name.Replace('/', '_')));
}
