namespace Slug.Content.Tar;

/// <summary>What a layer may cost who checks and unpacks it.</summary>
public sealed record LayerLimits
{
    /// <summary>Largest number of entries; 500,000 by default.</summary>
    public int Entries { get; init; } = 500_000;

    /// <summary>Largest length of the uncompressed tar, in bytes; 4 GiB by default.</summary>
    public long Size { get; init; } = 4L << 30;

    /// <summary>Longest name or link target, in bytes; 4,095 by default, as Linux has it (PATH_MAX). At most 65,535.</summary>
    public int NameLength { get; init; } = 4095;
}
