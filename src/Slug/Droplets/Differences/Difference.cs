namespace Slug.Droplets.Differences;

/// <summary>One thing in which two droplets are not the same.</summary>
/// <param name="Path">A file of the droplet, or a part of its config.</param>
/// <param name="Phase">The phase of the build that made it.</param>
/// <param name="What">In words.</param>
/// <param name="Bytes">Where the contents part; null where it is not the contents that differ.</param>
internal sealed record Difference(string Path, string Phase, string What, ByteDifference? Bytes = null);

/// <summary>The first bytes in which two contents part, as hex, from a multiple of 16 on.</summary>
internal sealed record ByteDifference(long Offset, string Left, string Right, long LeftSize, long RightSize);
