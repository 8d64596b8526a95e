using Slug.Builds;
using Slug.Pushes;

namespace Slug.Hosting;

/// <summary>One push on its way to a release: what the pusher reads, and how it ends. It goes on when the pusher hangs up.</summary>
internal sealed class Deploy(Push push, BuildLog log)
{
    private readonly TaskCompletionSource<bool> accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Push Push { get; } = push;

    public BuildLog Log { get; } = log;

    /// <summary>Whether the branch may move to what was pushed.</summary>
    public Task<bool> Accepted => accepted.Task;

    public void End(bool isAccepted) => accepted.TrySetResult(isAccepted);
}
