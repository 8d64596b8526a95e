using Slug.Builder.Buildpacks;
using Slug.Builder.Caching;
using Slug.Builder.Commands;
using Slug.Builder.Limits;
using Slug.Builder.Logs;
using Slug.Builder.Packing;
using Slug.Builder.Phases;
using Slug.Builder.Protocol;
using Slug.Builder.Steps;
using Slug.Content.Wire;

namespace Slug.Builder;

/// <summary>One build: fetch, detect, restore, compile, then release and pack, or test; of a slug that was made elsewhere only fetch and pack. Then its result is submitted.</summary>
internal sealed class Build(BuildJob job, BuilderPaths paths, BuildCalls calls, TimeProvider time)
{
    private readonly BuildLog log = new(time);
    private readonly CommandRun commands = new(time) { Record = paths.LastCommand };
    private readonly LimitWatch limits = new(paths, LimitWatch.FreeBytes);
    private readonly List<BuildpackReport> reports = [];
    private readonly FileAuthors authors = new(job, paths);
    private BuildPhase current = BuildPhase.Fetch;
    private bool isCacheWhole;

    /// <summary>Builds, hands in how it ended, and gives the builder's exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deaf = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendEventsAsync(deaf);
        var outcome = await EndAsync(deaf.Token) with { Reports = reports };
        log.Complete();
        await sending;
        await new Submit(paths, calls).RunAsync(outcome, isCacheWhole, cancellationToken);
        return ExitCodes.Of(outcome);
    }

    // Nobody listens to a build whose events are refused: it ends.
    private async Task SendEventsAsync(CancellationTokenSource deaf)
    {
        try
        {
            await calls.SendEventsAsync(log.Events, deaf.Token);
        }
        catch
        {
            log.Complete();
            await deaf.CancelAsync();
            throw;
        }
    }

    private async Task<BuildOutcome> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            var outcome = await (job.IsSlug ? RepackAsync(cancellationToken) : RunPhasesAsync(cancellationToken));
            current = BuildPhase.Submit;
            await log.BeginAsync(current, cancellationToken);
            return outcome;
        }
        catch (Exception cause) when (cause is not OperationCanceledException)
        {
            var outcome = BuildFailure.Unexpected(current, cause);
            await log.EndAsync(current, ExitCodes.Of(outcome), cancellationToken);
            return outcome;
        }
    }

    private async Task<BuildOutcome> RunPhasesAsync(CancellationToken cancellationToken)
    {
        var fetch = new Fetch(job, paths, calls, log);
        var detect = new Detect(job, paths, commands, limits, log);
        var delivery = new LayerDelivery(job, paths, calls, log);
        var making = new StepMaking(job, paths, commands, limits, log, delivery, authors);
        var restore = new Restore(paths, calls, new(job, paths, calls, log), log);
        // Reports are kept out of the record: after a compile that failed, that is the command to look at.
        var reporting = new Reporting(job, paths, new CommandRun(time), time, reports);
        var compile = new Compile(job, paths, commands, limits, log, reporting, new(paths, calls, making, authors, log), authors);
        var test = new Test(job, paths, commands, limits, log);
        var release = new Release(job, paths, commands, limits, log);
        var pack = new Pack(job, delivery, log);

        if ((await PhaseAsync(BuildPhase.Fetch, fetch.RunAsync, cancellationToken)).Ends(out var ending, out var buildpacks)
            || (await PhaseAsync(BuildPhase.Detect, stop => detect.RunAsync(buildpacks, stop), cancellationToken)).Ends(out ending, out var detected)
            || (await PhaseAsync(BuildPhase.Restore, stop => restore.RunAsync(detected, stop), cancellationToken)).Ends(out ending, out var restored)
            || (await PhaseAsync(BuildPhase.Compile, stop => compile.RunAsync(detected, restored, stop), cancellationToken)).Ends(out ending, out var compiled))
            return ending;
        isCacheWhole = restored.IsCacheWhole && !job.IsVerification;
        if (job.IsTest)
            return (await PhaseAsync(BuildPhase.Test, stop => test.RunAsync(compiled, stop), cancellationToken)).Ends(out ending, out var tested) ? ending : new BuildOutcome.Tested(tested.ExitCode);
        if ((await PhaseAsync(BuildPhase.Release, stop => release.RunAsync(compiled, stop), cancellationToken)).Ends(out ending, out var released)
            || (await PhaseAsync(BuildPhase.Pack, stop => PackAsync(pack, compiled.Layers, stop), cancellationToken)).Ends(out ending, out var layers))
            return ending;
        if (job.IsVerification)
            await calls.PostAuthorsAsync(authors.Read(), cancellationToken);

        return new BuildOutcome.Succeeded
        {
            Layers = layers,
            Steps = making.Made,
            Processes = released.Processes,
            Buildpacks = [.. detected.Select(detection => detection.Buildpack.Detected(detection.Description))],
            DefaultConfigVars = released.ConfigVars,
        };
    }

    private async Task<BuildOutcome> RepackAsync(CancellationToken cancellationToken)
    {
        var unpack = new Unpack(paths, calls, log);
        var pack = new Pack(job, new(job, paths, calls, log), log);
        if ((await PhaseAsync(BuildPhase.Fetch, unpack.RunAsync, cancellationToken)).Ends(out var ending, out var processes)
            || (await PhaseAsync(BuildPhase.Pack, stop => pack.RunAsync([], stop), cancellationToken)).Ends(out ending, out var layers))
            return ending;
        if (job.IsVerification)
            await calls.PostAuthorsAsync(authors.Read(), cancellationToken);
        return new BuildOutcome.Succeeded { Layers = layers, Processes = processes, Buildpacks = [] };
    }

    // The cache is fitted into its budget meanwhile: the pusher waits for the longer of the two.
    private async Task<PhaseResult<List<LayerReference>>> PackAsync(Pack pack, IReadOnlyList<StepLayer> steps, CancellationToken cancellationToken)
    {
        var fitting = Task.Run(() => new CacheBudget(job, paths, log).FitAsync(cancellationToken), cancellationToken);
        var layers = await pack.RunAsync(steps, cancellationToken);
        await fitting;
        return layers;
    }

    private async Task<PhaseResult<T>> PhaseAsync<T>(
        BuildPhase phase, Func<CancellationToken, Task<PhaseResult<T>>> run, CancellationToken cancellationToken)
        where T : class
    {
        current = phase;
        await log.BeginAsync(phase, cancellationToken);
        var result = await run(cancellationToken);
        authors.End(new(phase));
        var exitCode = result.Ends(out var ending, out _) ? ExitCodes.Of(ending) : ExitCodes.Succeeded;
        await log.EndAsync(phase, exitCode, cancellationToken);
        return result;
    }
}
