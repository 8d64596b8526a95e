using Slug.Content.Wire;

namespace Slug.Builder.Limits;

/// <summary>Says which limit of the container a failed program ran into: its exit code alone does not.</summary>
internal sealed class LimitWatch(BuilderPaths paths, Func<string, long> freeBytes)
{
    /// <summary>A disk with less than this left was full a moment ago, when the program failed.</summary>
    private const long NoSpace = 1 << 20;

    private KernelCounters before = KernelCounters.Read(paths.Cgroups);

    /// <summary>From now on count anew: what happened earlier is not this program's.</summary>
    public void Reset() => before = KernelCounters.Read(paths.Cgroups);

    public FailureReason Reason()
    {
        var now = KernelCounters.Read(paths.Cgroups);
        if (now.MemoryKills > before.MemoryKills)
            return FailureReason.OutOfMemory;
        if (now.RefusedProcesses > before.RefusedProcesses)
            return FailureReason.TooManyProcesses;
        return freeBytes(paths.App) < NoSpace ? FailureReason.DiskFull : FailureReason.Exit;
    }

    /// <summary>What is left on the disk of a folder; a folder that the build deleted fills none.</summary>
    public static long FreeBytes(string directory) =>
        Directory.Exists(directory) ? new DriveInfo(directory).AvailableFreeSpace : long.MaxValue;
}
