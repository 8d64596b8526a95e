using Slug.Content;

namespace Slug.Droplets;

/// <summary>An app and all that it needs, as it is stored: known by the digest of its image config.</summary>
internal sealed record Droplet
{
    public required Digest Digest { get; init; }

    public required Digest Manifest { get; init; }

    /// <summary>False while a layer is stored as its tar: then the manifest is not yet the last.</summary>
    public bool IsCompressed { get; init; } = true;

    /// <summary>Process type to command.</summary>
    public required IReadOnlyDictionary<string, string> Processes { get; init; }

    public required string Stack { get; init; }

    /// <summary>Bytes of its layers as they are stored.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}
