using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>How a build ended. The app's failures are for the pusher to mend, ours for the operator.</summary>
internal abstract record BuildResult
{
    public sealed record Compiled(BuildOutcome.Succeeded Outcome) : BuildResult;

    /// <summary>The app's tests ran to their end, good or not.</summary>
    public sealed record Tested(int ExitCode) : BuildResult;

    /// <summary>No buildpack knows the app.</summary>
    public sealed record NotDetected(IReadOnlyList<DetectAttempt> Attempts) : BuildResult;

    /// <summary>The app, its buildpack or a limit: the pusher's to mend.</summary>
    public sealed record Failed(BuildPhase Phase, FailureReason Reason, string Message) : BuildResult;

    /// <summary>The build took longer than it may.</summary>
    public sealed record TimedOut(BuildPhase Phase, TimeSpan Limit) : BuildResult;

    /// <summary>Somebody asked for its end.</summary>
    public sealed record Cancelled : BuildResult;

    /// <summary>The engine, the container or the service: the operator's to mend.</summary>
    public sealed record Broken(string Message) : BuildResult;
}
