using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Slug.Sources;

/// <summary>How large a source may be, counted before anything of it is unpacked, and where its submodules may come from.</summary>
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

    /// <summary>Address ranges (CIDR, separated by commas) that submodules may be fetched from although they are private. Default: none.</summary>
    public string Allow { get; set; } = "";

    /// <summary>The ranges of <see cref="Allow"/>; null for one that is none.</summary>
    public IEnumerable<IPNetwork?> ReadAllowed() =>
        Allow.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(range => IPNetwork.TryParse(range, out var network) ? network : (IPNetwork?)null);
}
