namespace Slug.Pushes;

/// <summary>The first byte of a multiplexed packet (gitprotocol-pack, "Packfile Data").</summary>
internal static class SideBand
{
    public const byte Data = 1;
    public const byte Progress = 2;
    public const byte Error = 3;
}
