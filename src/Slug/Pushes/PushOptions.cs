using System.ComponentModel.DataAnnotations;

namespace Slug.Pushes;

/// <summary>What a push may be, and what the git programs that receive it may use.</summary>
internal sealed class PushOptions
{
    /// <summary>Bytes of one push, packed: 1 GB.</summary>
    [Range(1L << 10, 1L << 40)]
    public long Limit { get; set; } = 1_000_000_000;

    /// <summary>Bytes of a fetch's request once inflated: 32 MB hold the haves and wants of any honest clone.</summary>
    [Range(1L << 10, 1L << 30)]
    public long FetchRequestLimit { get; set; } = 32_000_000;

    /// <summary>Refs that one push may change: 64.</summary>
    [Range(1, 10_000)]
    public int Commands { get; set; } = 64;

    /// <summary>Branches and tags of one app: 2000.</summary>
    [Range(1, 1_000_000)]
    public int Refs { get; set; } = 2000;

    /// <summary>The branches whose push builds: main and master.</summary>
    [MinLength(1)]
    public IReadOnlyList<string> DeployBranches { get; set; } = ["main", "master"];

    /// <summary>Silence after which the pusher is shown a sign of life: 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Time in which a push must have arrived: 30 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Arrival { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Address space of each git program, in bytes: 2 GiB, of which a pack of any size maps at most 256 MB.</summary>
    [Range(256L << 20, 1L << 40)]
    public long GitMemory { get; set; } = 2L << 30;

    /// <summary>Processor time of each git program: 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan GitProcessor { get; set; } = TimeSpan.FromMinutes(5);
}
