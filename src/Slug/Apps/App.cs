namespace Slug.Apps;

/// <summary>A name, config vars and a git repository that receives pushes. The id names its folders, so that a name is never a path.</summary>
internal sealed record App
{
    public required Guid Id { get; init; }

    public required AppName Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What of the repository is built, where a push does not say otherwise.</summary>
    public SourceFolder Folder { get; init; }
}
