using Slug.Content;
using Slug.Hosting;

namespace Slug.Stacks;

/// <summary>Makes a stack: packages become two root file systems, those become layers, and the engine takes them as images.</summary>
internal sealed class StackBuilder(StackImages images, TimeProvider time)
{
    /// <summary>Gives the images that the engine has for this definition, or builds them.</summary>
    /// <param name="definition">What to build.</param>
    /// <param name="mode">Whether images at hand will do.</param>
    /// <param name="workDirectory">A folder of this call's own; made and removed. It needs about 4 GB.</param>
    /// <param name="progress">One line per step, with the time since the start.</param>
    /// <param name="cancellationToken">Stops mmdebstrap, which cleans up after itself.</param>
    /// <exception cref="StackException">It cannot be built here.</exception>
    /// <exception cref="Engines.EngineException">The engine does not answer.</exception>
    public async Task<Stack> BuildAsync(
        StackDefinition definition, StackBuildMode mode, string workDirectory, IProgress<string> progress, CancellationToken cancellationToken)
    {
        var steps = new TimedProgress(progress, time);
        var sdk = definition.HostDotnetSdk ? DotnetSdk.Find() : null;
        var digest = definition.DigestWith(sdk?.Version);
        var known = mode == StackBuildMode.Reuse ? await images.FindAsync(definition, digest, cancellationToken) : null;
        if (known is null)
        {
            await MakeAsync(definition, sdk, digest, workDirectory, steps, cancellationToken);
            known = await images.FindAsync(definition, digest, cancellationToken) ?? throw StackException.NotBuilt(definition.Name);
        }
        known = await images.TagAsync(known, definition, digest, cancellationToken);
        await images.RemoveNamelessAsync(definition, cancellationToken);
        steps.Report($"stack {definition.Name} is ready: build image {known.BuildImage.ToShortString()}, run image {known.RunImage.ToShortString()}");
        return known;
    }

    private async Task MakeAsync(
        StackDefinition definition, DotnetSdk? sdk, Digest digest, string workDirectory, TimedProgress steps, CancellationToken cancellationToken)
    {
        if (!Environment.IsPrivilegedProcess)
            throw StackException.Unrooted();
        Directory.CreateDirectory(workDirectory);
        try
        {
            var bootstrap = new Bootstrap(definition, workDirectory);
            await bootstrap.RunAsync(steps, cancellationToken);
            steps.Report("writing the images' layers");
            var (run, build) = await WriteLayersAsync(definition, bootstrap, sdk, workDirectory, cancellationToken);
            steps.Report($"handing {(run.Size + build.Size) >> 20} MB to the Docker engine");
            var (runLabels, buildLabels) = (StackLabels.ForRun(definition, digest), StackLabels.ForBuild(definition, digest));
            await images.LoadAsync(
                [
                    StackImage.Of(definition, runLabels, images.TagOf(runLabels), run),
                    StackImage.Of(definition, buildLabels, images.TagOf(buildLabels), run, build),
                ],
                cancellationToken);
        }
        finally
        {
            await RemoveAsync(workDirectory);
        }
    }

    private static async Task<(ImageLayer Run, ImageLayer Build)> WriteLayersAsync(
        StackDefinition definition, Bootstrap bootstrap, DotnetSdk? sdk, string workDirectory, CancellationToken cancellationToken)
    {
        using var run = RootTar.Open(bootstrap.RunTar, definition.Paths);
        using var build = RootTar.Open(bootstrap.BuildTar, definition.Paths);
        ImageRoot.AddUser(run.Entries, definition.User);
        ImageRoot.AddUser(build.Entries, definition.User);
        if (sdk is not null)
            ImageRoot.AddSdk(build.Entries, sdk);
        var difference = LayerDifference.Between(run.Entries, build.Entries);
        // Two cores are common: one for each layer.
        var lower = Task.Run(() => ImageLayer.WriteAsync(run.Entries.Values, Path.Combine(workDirectory, "run-layer.tar"), cancellationToken), cancellationToken);
        var upper = Task.Run(() => ImageLayer.WriteAsync(difference.Values, Path.Combine(workDirectory, "build-layer.tar"), cancellationToken), cancellationToken);
        await Task.WhenAll(lower, upper);
        return (await lower, await upper);
    }

    // A bootstrap that was killed may have left mounts of this machine in the folder: they are not to be emptied.
    private static async Task RemoveAsync(string directory) =>
        await new ChildProcess("rm", "--recursive", "--force", "--one-file-system", directory).RunAsync(CancellationToken.None);
}

/// <summary>Whether images that the engine has already are good enough.</summary>
internal enum StackBuildMode
{
    /// <summary>Images made from the same definition are taken as they are.</summary>
    Reuse,

    /// <summary>Built again from the archive as it is today.</summary>
    Rebuild,
}
