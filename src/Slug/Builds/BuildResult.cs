using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>How a build ended. The app's failures are for the pusher to mend, ours for the operator.</summary>
internal abstract record BuildResult
{
    /// <summary>The phase whose remains are worth a look. Before detect there are none but the source.</summary>
    public virtual BuildPhase? Remains => null;

    public sealed record Compiled(BuildOutcome.Succeeded Outcome) : BuildResult;

    /// <summary>The app's tests ran to their end, good or not.</summary>
    public sealed record Tested(int ExitCode) : BuildResult;

    /// <summary>No buildpack knows the app.</summary>
    public sealed record NotDetected(IReadOnlyList<DetectAttempt> Attempts) : BuildResult
    {
        public override BuildPhase? Remains => BuildPhase.Detect;
    }

    /// <summary>The app, its buildpack or a limit: the pusher's to mend.</summary>
    public sealed record Failed(BuildPhase Phase, FailureReason Reason, string Message) : BuildResult
    {
        public override BuildPhase? Remains => Phase > BuildPhase.Fetch ? Phase : null;
    }

    /// <summary>The build took longer than it may.</summary>
    public sealed record TimedOut(BuildPhase Phase, TimeSpan Limit) : BuildResult
    {
        public override BuildPhase? Remains => Phase > BuildPhase.Fetch ? Phase : null;
    }

    /// <summary>Somebody asked for its end: who, by the name of a token.</summary>
    public sealed record Cancelled(string By) : BuildResult;

    /// <summary>The engine, the container or the service: the operator's to mend.</summary>
    public sealed record Broken(string Message) : BuildResult;
}
