using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources;

/// <summary>What is in a tree, counted.</summary>
/// <param name="Entries">Files and folders.</param>
/// <param name="Bytes">All files, unpacked; of a large file that Git LFS keeps elsewhere, its pointer.</param>
internal sealed record SourceTally(int Entries, long Bytes)
{
    /// <summary>Commits of other repositories, whose files the tree lacks; the first thousand.</summary>
    public IReadOnlyList<Gitlink> Gitlinks { get; init; } = [];

    /// <summary>Files that stand for larger ones (Git LFS).</summary>
    public IReadOnlyList<PointerFile> Pointers { get; init; } = [];
}

/// <summary>A submodule's place and commit, as the tree has them.</summary>
internal sealed record Gitlink(string Path, ObjectId Commit);

/// <summary>A file of a tree that is a Git LFS pointer: its first path, and how many paths have the same one.</summary>
internal sealed record PointerFile(string Path, LargeFilePointer Pointer, int Copies);
