using System.Text.Json.Serialization;

namespace Slug.Content.Oci;

/// <summary>The file <c>oci-layout</c>, by which tools know the directory for what it is (OCI image spec 1.1, image-layout.md).</summary>
public sealed record LayoutMarker
{
    /// <summary><c>1.0.0</c>, the one version there is.</summary>
    [JsonPropertyName("imageLayoutVersion")]
    public string Version { get; init; } = "1.0.0";
}
