namespace Slug.Content.Oci;

/// <summary>The annotation keys of the OCI image spec 1.1 (annotations.md) that droplets use.</summary>
public static class AnnotationKeys
{
    /// <summary>In an index: the tag under which tools find a manifest.</summary>
    public const string ReferenceName = "org.opencontainers.image.ref.name";

    /// <summary>The source's revision.</summary>
    public const string Revision = "org.opencontainers.image.revision";

    /// <summary>The version of what is in the image.</summary>
    public const string Version = "org.opencontainers.image.version";

    /// <summary>A name for people.</summary>
    public const string Title = "org.opencontainers.image.title";

    /// <summary>When, RFC 3339.</summary>
    public const string Created = "org.opencontainers.image.created";
}
