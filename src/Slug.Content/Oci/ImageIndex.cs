using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>A list of manifests: a layout's <c>index.json</c>, or one image for several platforms (OCI image spec 1.1, image-index.md).</summary>
public sealed record ImageIndex
{
    /// <summary>2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary><see cref="MediaTypes.Index"/>.</summary>
    public string MediaType { get; init; } = MediaTypes.Index;

    /// <summary>The manifests' blobs.</summary>
    public required IReadOnlyList<Descriptor> Manifests { get; init; }

    /// <summary>Facts about the whole; null for none.</summary>
    [JsonConverter(typeof(SortedMapConverter))]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
