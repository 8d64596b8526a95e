using System.ComponentModel.DataAnnotations;

namespace Slug.Sources;

/// <summary>How large a source may be, counted before anything of it is unpacked.</summary>
internal sealed class SourceOptions
{
    /// <summary>Files and folders: 200,000.</summary>
    [Range(1, 10_000_000)]
    public int Entries { get; set; } = 200_000;

    /// <summary>Bytes of all files, unpacked: 1 GiB.</summary>
    [Range(1L, 1L << 40)]
    public long Bytes { get; set; } = 1L << 30;

    /// <summary>Folders within folders: 256.</summary>
    [Range(1, 2000)]
    public int Depth { get; set; } = 256;

    /// <summary>Submodules of a source, those of submodules included: 64.</summary>
    [Range(0, 1000)]
    public int Submodules { get; set; } = 64;

    /// <summary>Time in which a submodule must have been fetched: 5 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan FetchTimeout { get; set; } = TimeSpan.FromMinutes(5);
}
