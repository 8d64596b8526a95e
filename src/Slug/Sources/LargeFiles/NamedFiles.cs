namespace Slug.Sources.LargeFiles;

/// <summary>The large files that a repository's tree names.</summary>
/// <param name="Repository">Where it was fetched from.</param>
/// <param name="Files">By their paths in the whole source.</param>
internal sealed record NamedFiles(Uri Repository, IReadOnlyList<PointerFile> Files);
