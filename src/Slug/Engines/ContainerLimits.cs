namespace Slug.Engines;

/// <summary>How much of the machine one container may use.</summary>
internal sealed record ContainerLimits
{
    /// <summary>Bytes. Default 2 GB; no swap beyond it.</summary>
    public long Memory { get; init; } = 2L << 30;

    /// <summary>Processors; null is all of them.</summary>
    public double? Cpus { get; init; }

    /// <summary>Processes and threads. Default 1024.</summary>
    public int Processes { get; init; } = 1024;

    /// <summary>Bytes of the largest single file. Default 4 GB.</summary>
    public long FileSize { get; init; } = 4L << 30;

    /// <summary>Files that one process may have open. Default 65536, or what this machine allows.</summary>
    public long OpenFiles { get; init; } = Math.Min(65536, MachineLimits.OpenFiles);
}
