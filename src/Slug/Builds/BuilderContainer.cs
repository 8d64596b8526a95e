using Slug.Content;
using Slug.Tokens;

namespace Slug.Builds;

/// <summary>A container in which the builder waits for its one build.</summary>
internal sealed class BuilderContainer(string id, Digest image, Token token)
{
    private readonly TaskCompletionSource<BuildRun> assigned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task<long>? exited;
    private int retired;

    public string Id { get; } = id;

    /// <summary>The build image it was started from.</summary>
    public Digest Image { get; } = image;

    /// <summary>Opens the builder's routes for this container alone.</summary>
    public string TokenHash { get; } = token.Hash;

    /// <summary>Ends with the container's exit code.</summary>
    public Task<long> Exited => exited ?? throw new InvalidOperationException($"container '{Id}' was not started");

    /// <summary>The build this container was given, once it was.</summary>
    public Task<BuildRun> Assigned => assigned.Task;

    public BuildRun? Run => assigned.Task.IsCompletedSuccessfully ? assigned.Task.GetAwaiter().GetResult() : null;

    /// <summary>Held while the build's cache is on its way in.</summary>
    public IDisposable? CacheArrival { get; set; }

    /// <summary>Set where its build failed and its file system is worth a look.</summary>
    public BuildRemains? Remains { get; set; }

    public void Start(Task<long> untilItExits) => exited = untilItExits;

    /// <summary>True for the first who asks: it is the one to remove this container.</summary>
    public bool TryRetire() => Interlocked.Exchange(ref retired, 1) == 0;

    public void Assign(BuildRun run) => assigned.SetResult(run);
}
