using Slug.Content;

namespace Slug.Droplets;

/// <summary>What is said of a slug that is to be uploaded. What is not said is null.</summary>
internal record AnnouncedSlug
{
    /// <summary>Process type to command.</summary>
    public required IReadOnlyDictionary<string, string> Processes { get; init; }

    /// <summary>Of the archive, as it was promised.</summary>
    public Digest? Checksum { get; init; }

    public string? Commit { get; init; }

    public string? CommitDescription { get; init; }

    /// <summary>What its language is, in the words of who made it.</summary>
    public string? Description { get; init; }

    /// <summary>The token that asked for it.</summary>
    public required string By { get; init; }
}

/// <summary>A slug that is uploaded, or is to be.</summary>
internal sealed record UploadedSlug : AnnouncedSlug
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    /// <summary>Of the archive that came, with its bytes; null while none has.</summary>
    public Digest? Archive { get; init; }

    public long? Size { get; init; }

    /// <summary>What it became; null until then.</summary>
    public Digest? Droplet { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
