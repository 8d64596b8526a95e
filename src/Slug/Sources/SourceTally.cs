namespace Slug.Sources;

/// <summary>What is in a tree, counted.</summary>
/// <param name="Entries">Files and folders.</param>
/// <param name="Bytes">All files, unpacked.</param>
/// <param name="Submodules">Paths of commits of other repositories, whose files an archive lacks; the first few.</param>
internal sealed record SourceTally(int Entries, long Bytes, IReadOnlyList<string> Submodules);
