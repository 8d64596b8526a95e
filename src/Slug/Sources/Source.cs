using Slug.Apps;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>One immutable tree, of a commit that was pushed.</summary>
internal sealed record Source
{
    public required ObjectId Commit { get; init; }

    /// <summary>The identity: two commits of the same tree are one source. Submodules are part of it, by what is in them.</summary>
    public required ObjectId Tree { get; init; }

    /// <summary>What is archived where the tree is not the commit's own: a commit made for it, with a fixed date.</summary>
    public ObjectId? MadeCommit { get; init; }

    /// <summary>The folder of the repository that it is.</summary>
    public SourceFolder Folder { get; init; }

    public required SourceTally Tally { get; init; }

    public required Repository Repository { get; init; }

    /// <summary>Where the objects are until the push is accepted; null where the repository had them all.</summary>
    public required Quarantine? Quarantine { get; init; }

    /// <summary>Apps whose large files stand behind this source's pointers: its own, and those of its submodules; of a slug that was uploaded, that slug.</summary>
    public IReadOnlyList<Guid> LargeFilesOf { get; init; } = [];
}
