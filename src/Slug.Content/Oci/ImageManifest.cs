using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>An image: its config and its layers, the lowest first (OCI image spec 1.1, manifest.md).</summary>
public sealed record ImageManifest
{
    /// <summary>2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary><see cref="MediaTypes.Manifest"/>.</summary>
    public string MediaType { get; init; } = MediaTypes.Manifest;

    /// <summary>The <see cref="ImageConfig"/>'s blob.</summary>
    public required Descriptor Config { get; init; }

    /// <summary>The layers' blobs, in the order in which they are unpacked; as many as the config has diff ids.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>The record of what went in; null for none.</summary>
    [JsonConverter(typeof(SortedMapConverter))]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
