using System.Collections.Concurrent;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>The builds that run or wait now: carried to their result, cancelled on request.</summary>
internal sealed class BuildRuns(BuildRunner runner, BuildStore store, BuildReport report)
{
    private readonly ConcurrentDictionary<Guid, BuildRun> live = new();
    private readonly ConcurrentDictionary<Guid, string> unwanted = new();

    /// <summary>Runs a build to its end. Null where it did not compile: its row and its log say why.</summary>
    public async Task<BuildRun?> RunAsync(BuildPlan plan, BuildLog log, CancellationToken stopping)
    {
        var run = new BuildRun(plan, log);
        live[plan.Id] = run;
        log.Hide(plan.ConfigVars.Values);
        if (unwanted.TryRemove(plan.Id, out var by))
            run.Cancel(by);
        try
        {
            await store.QueueAsync(plan, stopping);
            var result = await runner.RunAsync(run, stopping);
            await store.KeepPhasesAsync(plan.Id, run.Phases.All, stopping);
            if (run.Outcome.IsCompletedSuccessfully)
                await store.KeepReportsAsync(plan.Id, Masked((await run.Outcome).Reports, log), stopping);
            if (result is BuildResult.Compiled)
                return run;
            await report.TellAsync(plan, log, result);
        }
        catch
        {
            run.Dispose();
            throw;
        }
        finally
        {
            live.TryRemove(plan.Id, out _);
        }

        run.Dispose();
        return null;
    }

    // They come from the build's container: what is no report is left out.
    internal static IReadOnlyList<BuildpackReport> Masked(IReadOnlyList<BuildpackReport>? reports, BuildLog log) =>
    [
        .. from report in reports ?? []
           where report?.Values is not null
           select report with { Values = report.Values.ToDictionary(value => value.Key, value => log.Masked(value.Value ?? "")) },
    ];

    /// <summary>The phases so far of a build that waits or runs; null where there is none of that id.</summary>
    public IReadOnlyList<PhaseTime>? PhasesOf(Guid id) => live.TryGetValue(id, out var run) ? run.Phases.All : null;

    /// <summary>Ends a build that waits or runs. False where there is none of that id.</summary>
    public bool Cancel(Guid id, string by)
    {
        if (!live.TryGetValue(id, out var run))
            return false;
        run.Cancel(by);
        return true;
    }

    /// <summary>Ends a build as soon as it waits or runs.</summary>
    public void CancelAhead(Guid id, string by)
    {
        unwanted[id] = by;
        if (Cancel(id, by))
            unwanted.TryRemove(id, out _);
    }

    /// <summary>A build that was asked for is carried no more, whatever it came to.</summary>
    public void Forget(Guid id) => unwanted.TryRemove(id, out _);
}
