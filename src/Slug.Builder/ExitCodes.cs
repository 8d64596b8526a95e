using Slug.Content.Wire;

namespace Slug.Builder;

/// <summary>The builder's exit codes: a decade per phase, in which 0–4 are the app's fault and 5–9 are ours.</summary>
internal static class ExitCodes
{
    public const int Succeeded = 0;

    /// <summary>The environment names no service.</summary>
    public const int Misused = 2;

    /// <summary>The service does not answer, or takes nothing from this builder.</summary>
    public const int ServiceGone = (int)BuildPhase.Submit + Ours;

    /// <summary>Ended by SIGTERM.</summary>
    public const int Terminated = 143;

    private const int Ours = 5;

    public static int Of(BuildOutcome outcome) => outcome switch
    {
        BuildOutcome.NotDetected => (int)BuildPhase.Detect,
        BuildOutcome.Failed { Reason: FailureReason.Internal } failed => (int)failed.Phase + Ours,
        BuildOutcome.Failed failed => (int)failed.Phase,
        _ => Succeeded,
    };
}
