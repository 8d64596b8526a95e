namespace Slug.Commands;

/// <summary>What the shell is told: whose fault it was.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The user's: no such app, a push that was refused.</summary>
    public const int UserError = 1;

    /// <summary>The user's: a command line that says nothing to us.</summary>
    public const int UsageError = 2;

    /// <summary>A droplet cannot be verified: what it was made of cannot be had, or the rebuild failed.</summary>
    public const int Unverifiable = 3;

    /// <summary>Ours: the service, the engine or the machine (EX_SOFTWARE of sysexits.h).</summary>
    public const int Failure = 70;

    /// <summary>Ended by SIGINT, as shells count it.</summary>
    public const int Interrupted = 130;
}
