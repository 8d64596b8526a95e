using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>An image: its config and its layers, the lowest first (OCI image spec 1.1, manifest.md).</summary>
public sealed record ImageManifest
{
    /// <summary>The config of what is no image: <c>{}</c> (manifest.md, "Guidance for an Empty Descriptor").</summary>
    public static Descriptor EmptyConfig { get; } = new() { MediaType = MediaTypes.Empty, Digest = Slug.Content.Digest.Of(Empty), Size = Empty.Length };

    /// <summary>The bytes of <see cref="EmptyConfig"/>.</summary>
    public static ReadOnlySpan<byte> Empty => "{}"u8;

    /// <summary>2.</summary>
    public int SchemaVersion { get; init; } = 2;

    /// <summary><see cref="MediaTypes.Manifest"/>.</summary>
    public string MediaType { get; init; } = MediaTypes.Manifest;

    /// <summary>What the manifest holds where that is no image: a media type; null for an image.</summary>
    public string? ArtifactType { get; init; }

    /// <summary>The <see cref="ImageConfig"/>'s blob; of what is no image, <see cref="EmptyConfig"/>.</summary>
    public required Descriptor Config { get; init; }

    /// <summary>The layers' blobs, in the order in which they are unpacked; as many as the config has diff ids.</summary>
    public required IReadOnlyList<Descriptor> Layers { get; init; }

    /// <summary>The manifest that this one says something about; null for none.</summary>
    public Descriptor? Subject { get; init; }

    /// <summary>The record of what went in; null for none.</summary>
    [JsonConverter(typeof(SortedMapConverter))]
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
