using System.Diagnostics;
using Slug.Telemetry;

namespace Slug.Builds;

/// <summary>What meters and traces are told of a build that has ended.</summary>
internal sealed class BuildMeasures(Meters meters, Traces traces, TimeProvider time)
{
    /// <summary>Runs a build in a span of its own, its phases below it.</summary>
    public async Task<BuildResult> OfAsync(BuildRun run, Func<Task<BuildResult>> work)
    {
        using var span = traces.Begin("build");
        span?.SetTag("slug.build", run.Plan.Id.ToString()).SetTag("slug.kind", KindOf(run.Plan));
        var began = time.GetUtcNow();
        var result = await work();
        var (kind, word, ended) = (KindOf(run.Plan), WordOf(result), time.GetUtcNow());
        meters.BuildEnded(kind, word);
        meters.BuildTook(kind, word, ended - began);
        span?.SetTag("slug.result", word);
        if (result is not (BuildResult.Compiled or BuildResult.Tested))
            span?.SetStatus(ActivityStatusCode.Error, word);
        foreach (var phase in run.Phases.All)
            Tell(phase, span?.Context ?? default, began, ended);
        return result;
    }

    /// <summary>A slot, and how long it took to get it.</summary>
    public Task<IDisposable> WaitAsync(Func<Task<IDisposable>> enter) => traces.InAsync("queue", async () =>
    {
        var began = time.GetTimestamp();
        var slot = await enter();
        meters.Waited(time.GetElapsedTime(began));
        return slot;
    });

    /// <summary>The droplet was there: no build had to run.</summary>
    public void Known() => meters.BuildEnded("build", "known");

    // Times come from the build's container: what is outside of the build's own is not believed.
    private void Tell(PhaseTime phase, ActivityContext parent, DateTimeOffset began, DateTimeOffset ended)
    {
        var from = Within(phase.StartedAt);
        var to = Within(phase.FinishedAt ?? ended);
        if (to < from)
            return;
        meters.PhaseTook(Words.Of(phase.Phase), to - from);
        if (parent != default)
            traces.Add(Words.Of(phase.Phase), parent, from, to, phase.ExitCode is null or 0);

        DateTimeOffset Within(DateTimeOffset at) => at < began ? began : at > ended ? ended : at;
    }

    private static string KindOf(BuildPlan plan) => plan.IsTest ? "test" : plan.Verifies is not null ? "verification" : "build";

    private static string WordOf(BuildResult result) => result switch
    {
        BuildResult.Compiled or BuildResult.Tested(0) => "succeeded",
        BuildResult.NotDetected => "not-detected",
        BuildResult.TimedOut => "timed-out",
        BuildResult.Cancelled => "cancelled",
        BuildResult.Broken => "broken",
        _ => "failed",
    };
}
