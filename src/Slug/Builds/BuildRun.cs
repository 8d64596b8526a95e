using System.Collections.Concurrent;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>One build while it lives: made for it, gone with it.</summary>
internal sealed class BuildRun(BuildPlan plan, BuildLog log) : IDisposable
{
    private readonly TaskCompletionSource<BuildOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource cancellation = new();

    public BuildPlan Plan { get; } = plan;

    public BuildLog Log { get; } = log;

    /// <summary>Who wrote the files of a verification's build, as its builder says.</summary>
    public FileAuthors Authors { get; } = new();

    /// <summary>The phase that the builder said it is in.</summary>
    public BuildPhase Phase { get; private set; } = BuildPhase.Fetch;

    public PhaseTimes Phases { get; } = new();

    /// <summary>The build cache that its builder was given.</summary>
    public KeptCache? Cache { get; set; }

    /// <summary>What is kept of steps that its builder was told of, by layer.</summary>
    public ConcurrentDictionary<Digest, KeptStep> Steps { get; } = new();

    /// <summary>Ends when the builder has handed in its result.</summary>
    public Task<BuildOutcome> Outcome => outcome.Task;

    /// <summary>Whether the build became a droplet: only then is its cache kept.</summary>
    public Task<bool> Settled => settled.Task;

    /// <summary>Somebody asked for the build's end.</summary>
    public CancellationToken Cancelled => cancellation.Token;

    /// <summary>Who did, first.</summary>
    public string? CancelledBy { get; private set; }

    /// <summary>A phase began or ended.</summary>
    public void Note(PhaseEvent mark)
    {
        Phases.Note(mark);
        if (mark.ExitCode is not null)
            return;
        Phase = mark.Phase;
        // Handing in the result writes nothing: what the phase before it wrote last is still to be told.
        if (mark.Phase != BuildPhase.Submit)
            Log.Begin();
    }

    /// <summary>False where there is a result already.</summary>
    public bool TryFinish(BuildOutcome result) => outcome.TrySetResult(result);

    public void Settle(bool succeeded) => settled.TrySetResult(succeeded);

    public void Cancel(string by)
    {
        CancelledBy ??= by;
        cancellation.Cancel();
    }

    public void Dispose()
    {
        Settle(succeeded: false);
        cancellation.Dispose();
    }
}
