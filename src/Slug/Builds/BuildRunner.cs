using Microsoft.Extensions.Options;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Engines;

namespace Slug.Builds;

/// <summary>Runs one build: a slot, a container, and whichever comes first of its result, its limits and its end.</summary>
internal sealed class BuildRunner(
    BuildQueue queue,
    BuildMeasures measures,
    BuilderContainers containers,
    BuildStore store,
    BuildCaches caches,
    FailureCapsules capsules,
    DockerEngine engine,
    IOptions<BuildOptions> options,
    TimeProvider time)
{
    public Task<BuildResult> RunAsync(BuildRun run, CancellationToken stopping) => measures.OfAsync(run, () => ToResultAsync(run, stopping));

    private async Task<BuildResult> ToResultAsync(BuildRun run, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(run.Cancelled, stopping);
        try
        {
            using var slot = await measures.WaitAsync(() => queue.EnterAsync(place => run.Log.Say(PlaceInLine(place)), ending.Token));
            await store.StartAsync(run.Plan, ending.Token);
            var container = await containers.TakeAsync(run.Plan.Stack, ending.Token);
            return await RunInAsync(container, run, ending.Token);
        }
        catch (OperationCanceledException) when (run.Cancelled.IsCancellationRequested)
        {
            return new BuildResult.Cancelled(run.CancelledBy!);
        }
        catch (EngineException exception)
        {
            return new BuildResult.Broken(exception.Message);
        }
    }

    private async Task<BuildResult> RunInAsync(BuilderContainer container, BuildRun run, CancellationToken ending)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(ending);
        BuildResult? result = null;
        try
        {
            container.Assign(run);
            var limit = Task.Delay(options.Value.Timeout, time, clock.Token);
            var first = await Task.WhenAny(run.Outcome, container.Exited, limit);
            ending.ThrowIfCancellationRequested();
            result = first == limit
                ? new BuildResult.TimedOut(run.Phase, options.Value.Timeout)
                : run.Outcome.IsCompleted ? FromOutcome(run.Plan, await run.Outcome) : await FromExitAsync(container, run);
            return result;
        }
        finally
        {
            await clock.CancelAsync();
            if (result is BuildResult.Compiled && run.Plan.Verifies is null)
                container.CacheArrival = caches.Expect(run.Plan.App, run.Plan.Stack);
            if (result?.Remains is { } phase)
                container.Remains = capsules.Expect(new(run.Plan.Id, run.Plan.App.Name, phase, run.Plan.Stack.BuildImage));
            containers.Retire(container, politely: result is BuildResult.Compiled);
        }
    }

    private static string PlaceInLine(int place) =>
        place == 1 ? "-----> Waiting for a build slot: next in line" : $"-----> Waiting for a build slot: {place - 1} ahead";

    private static BuildResult FromOutcome(BuildPlan plan, BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.Succeeded succeeded when !plan.IsTest => new BuildResult.Compiled(succeeded),
        BuildOutcome.Tested tested when plan.IsTest => new BuildResult.Tested(tested.ExitCode == 0 ? 0 : Math.Clamp(tested.ExitCode, 1, 255)),
        BuildOutcome.NotDetected notDetected => new BuildResult.NotDetected(notDetected.Attempts),
        BuildOutcome.Failed { Reason: FailureReason.Internal } failed => new BuildResult.Broken($"SLUG3008: the builder failed in phase {Words.Of(failed.Phase)}: {failed.Message}"),
        BuildOutcome.Failed failed => new BuildResult.Failed(failed.Phase, failed.Reason, failed.Message),
        _ => new BuildResult.Broken("SLUG2230: the builder answered another question than it was asked; push again, and look at the buildpack when it happens twice"),
    };

    // The builder is gone and left no word: the kernel, the engine or the build itself killed it.
    private async Task<BuildResult> FromExitAsync(BuilderContainer container, BuildRun run)
    {
        var exitCode = await container.Exited;
        var details = await engine.Containers.FindAsync(container.Id, CancellationToken.None);
        if (details?.State.OOMKilled == true)
            return new BuildResult.Failed(run.Phase, FailureReason.OutOfMemory, $"SLUG3101: Build ran out of memory ({ByteSize.InWords(options.Value.Memory)}); do less at a time, or ask the operator for more");
        return new BuildResult.Broken(
            $"SLUG3007: the build's container ended by itself in phase {Words.Of(run.Phase)} (exit code {exitCode}); the engine was restarted, or the build killed its builder: push again");
    }
}
