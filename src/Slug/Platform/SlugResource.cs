using Slug.Droplets;
using Slug.Heroku;

namespace Slug.Platform;

/// <summary>A droplet of an app as one archive, or one that is to be uploaded. What Slug knows nothing of is null.</summary>
internal sealed record SlugResource
{
    public required Guid Id { get; init; }

    public required BlobAddress Blob { get; init; }

    public required string? Commit { get; init; }

    public required IReadOnlyDictionary<string, string> ProcessTypes { get; init; }

    /// <summary>Bytes of the archive that was uploaded. Of what was built, those of its layers as stored: its archive is made when somebody fetches it.</summary>
    public required long? Size { get; init; }

    public required NamedReference Stack { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public string? BuildpackProvidedDescription { get; init; }

    /// <summary>Of the archive that was uploaded, or as it was promised.</summary>
    public string? Checksum { get; init; }

    public string? CommitDescription { get; init; }

    public DateTimeOffset? DeletedAt { get; }

    public static SlugResource Of(UploadedSlug slug, BlobAddress blob, string stack) => new()
    {
        Id = slug.Id,
        Blob = blob,
        Commit = slug.Commit,
        CommitDescription = slug.CommitDescription,
        BuildpackProvidedDescription = slug.Description,
        Checksum = (slug.Archive ?? slug.Checksum) is { } digest ? $"SHA256:{digest.Hex}" : null,
        ProcessTypes = slug.Processes,
        Size = slug.Size,
        Stack = NamedReference.OfStack(stack),
        CreatedAt = slug.CreatedAt,
        UpdatedAt = slug.UpdatedAt,
    };
}

/// <summary>Where the archive is, and with which method.</summary>
internal sealed record BlobAddress(string Method, string Url);
