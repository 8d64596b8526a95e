using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>What a blob is, its digest and its length in bytes (OCI image spec 1.1, descriptor.md).</summary>
public sealed record Descriptor
{
    /// <summary>One of <see cref="MediaTypes"/>, or another.</summary>
    public required string MediaType { get; init; }

    /// <summary>The sha256 of the blob as it is stored: of compressed bytes, where it is compressed.</summary>
    public required Digest Digest { get; init; }

    /// <summary>The blob's length in bytes, as it is stored.</summary>
    public required long Size { get; init; }

    /// <summary>Of a manifest that is no image: what it holds; null elsewhere.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>Facts about this use of the blob; null for none.</summary>
    [JsonConverter(typeof(SortedMapConverter))]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>In an index: where the image runs; null elsewhere.</summary>
    public Platform? Platform { get; init; }
}

/// <summary>Where an image runs (image-index.md, "platform"), in Go's words: <c>amd64</c>, <c>linux</c>.</summary>
public sealed record Platform
{
    /// <summary>Go's GOARCH.</summary>
    public required string Architecture { get; init; }

    /// <summary>Go's GOOS.</summary>
    [JsonPropertyName("os")]
    public required string OperatingSystem { get; init; }
}
