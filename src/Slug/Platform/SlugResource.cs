using Slug.Heroku;

namespace Slug.Platform;

/// <summary>A droplet of an app as one archive. What Slug knows nothing of is null.</summary>
internal sealed record SlugResource
{
    public required Guid Id { get; init; }

    public required BlobAddress Blob { get; init; }

    public required string? Commit { get; init; }

    public required IReadOnlyDictionary<string, string> ProcessTypes { get; init; }

    /// <summary>Bytes of its layers as stored; the archive is made when somebody fetches it.</summary>
    public required long Size { get; init; }

    public required NamedReference Stack { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? BuildpackProvidedDescription { get; }

    public string? Checksum { get; }

    public string? CommitDescription { get; }

    public DateTimeOffset? DeletedAt { get; }
}

/// <summary>Where the archive is, and with which method.</summary>
internal sealed record BlobAddress(string Method, string Url);
