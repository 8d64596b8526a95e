using Slug.Pushes;

namespace Slug.Sources;

/// <summary>One immutable tree, of a commit that was pushed.</summary>
internal sealed record Source
{
    public required ObjectId Commit { get; init; }

    /// <summary>The identity: two commits of the same tree are one source.</summary>
    public required ObjectId Tree { get; init; }

    public required SourceTally Tally { get; init; }

    public required Repository Repository { get; init; }

    /// <summary>Where the objects are until the push is accepted; null where the repository had them all.</summary>
    public required Quarantine? Quarantine { get; init; }
}
