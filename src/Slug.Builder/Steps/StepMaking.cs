using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Trees;
using Slug.Content.Wire;

namespace Slug.Builder.Steps;

/// <summary>Runs a step in the app's folder among its inputs and nothing else, so that one it did not declare is missed at once; what it adds there becomes a layer.</summary>
internal sealed class StepMaking(BuildJob job, BuilderPaths paths, CommandRun commands, LimitWatch limits, BuildLog log, LayerDelivery delivery, FileAuthors authors)
{
    /// <summary>The exit code by which a step leaves this app to compile.</summary>
    private const int NotThisApp = 100;

    /// <summary>A file that a step makes in the buildpack's own folder where compile does not need what it made.</summary>
    private const string RunOnly = "run-only";

    /// <summary>A file that a step makes there where its inputs alone do not decide what it made.</summary>
    private const string Once = "once";

    // What is another one in every build is no input of a step.
    private static readonly string[] OfTheBuild = ["SOURCE_VERSION", "REQUEST_ID"];

    /// <summary>What the steps of this build made.</summary>
    public List<MadeStep> Made { get; } = [];

    /// <summary>What the step made; nothing where it left this app to compile. The app's folder is then as it was.</summary>
    public async Task<PhaseResult<List<StepFiles>>> RunAsync(Step step, string cache, CancellationToken cancellationToken)
    {
        // 1. The source goes aside, the inputs take its place.
        authors.Hold(paths.App);
        var source = paths.NewStepFolder();
        TreeMove.Merge(paths.App, source);
        await using (var inputs = File.OpenRead(step.InputsTar))
            await TarExtraction.ExtractAsync(inputs, paths.App, cancellationToken);

        // 2. The step runs, and what is new becomes a layer.
        limits.Reset();
        var exitCode = await CallAsync(step, cache, cancellationToken);
        if (exitCode is not (0 or NotThisApp))
            return BuildFailure.Program(BuildPhase.Compile, $"bin/{Step.Program} of buildpack '{step.Buildpack.Name}'", exitCode, limits.Reason(), job);
        DeliveredLayer? delivered = null;
        if (exitCode == 0 && (await DeliverAsync(step, cancellationToken)).Ends(out var ending, out delivered))
            return ending;

        // 3. The source comes back.
        var files = paths.NewStepFolder();
        TreeMove.Merge(paths.App, files);
        TreeMove.Merge(source, paths.App);
        authors.End(new(BuildPhase.Compile, $"bin/{Step.Program} of {step.Buildpack.Name}"));
        if (delivered is null)
            return new List<StepFiles>();
        var stayAside = step.IsAlone && Says(step, RunOnly);
        if (stayAside)
            authors.Add(files);
        return new List<StepFiles> { new(step, delivered, stayAside ? null : files) };
    }

    private static bool Says(Step step, string word) => File.Exists(Path.Combine(step.Buildpack.Directory, word));

    private async Task<int> CallAsync(Step step, string cache, CancellationToken cancellationToken)
    {
        var configVars = Directory.CreateDirectory(Path.Combine(paths.ConfigVars, ".step"));
        foreach (var (name, value) in step.ConfigVars)
            await File.WriteAllTextAsync(Path.Combine(configVars.FullName, name), value, cancellationToken);
        var environment = job.Environment.Where(variable => !OfTheBuild.Contains(variable.Key)).ToDictionary();
        var lines = new LineLog(log.WriteAsync);
        var exitCode = await commands.RunAsync(step.Buildpack.Call(Step.Program, [paths.App, cache, configVars.FullName], environment), lines.AddAsync, cancellationToken);
        await lines.CompleteAsync(cancellationToken);
        configVars.Delete(recursive: true);
        return exitCode;
    }

    private async Task<PhaseResult<DeliveredLayer>> DeliverAsync(Step step, CancellationToken cancellationToken)
    {
        var result = await delivery.WholeAsync((path, isDirectory) => !isDirectory && step.Inputs.Contains(path), cancellationToken);
        if (result.Ends(out _, out var delivered))
            return result;
        var isKept = !Says(step, Once);
        if (isKept)
            Made.Add(new() { Buildpack = step.Buildpack.Name, Key = step.Key, Layer = delivered.Layer, ForRunAlone = Says(step, RunOnly) });
        await log.DetailAsync($"Made: {ByteSize.InWords(delivered.Layer.Size)}, {(isKept ? "kept for builds to come" : "for this build alone")}", cancellationToken);
        return result;
    }
}
