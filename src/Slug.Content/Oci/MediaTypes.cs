namespace Slug.Content.Oci;

/// <summary>The media types of the OCI image spec 1.1 (media-types.md) that droplets use.</summary>
public static class MediaTypes
{
    /// <summary>An <see cref="ImageIndex"/>.</summary>
    public const string Index = "application/vnd.oci.image.index.v1+json";

    /// <summary>An <see cref="ImageManifest"/>.</summary>
    public const string Manifest = "application/vnd.oci.image.manifest.v1+json";

    /// <summary>An <see cref="ImageConfig"/>.</summary>
    public const string Config = "application/vnd.oci.image.config.v1+json";

    /// <summary>A config that says nothing: <c>{}</c>.</summary>
    public const string Empty = "application/vnd.oci.empty.v1+json";

    /// <summary>A layer as it is.</summary>
    public const string Layer = "application/vnd.oci.image.layer.v1.tar";

    /// <summary>A layer, gzip'ed.</summary>
    public const string LayerGzip = "application/vnd.oci.image.layer.v1.tar+gzip";

    /// <summary>A layer, compressed by zstd.</summary>
    public const string LayerZstd = "application/vnd.oci.image.layer.v1.tar+zstd";
}
