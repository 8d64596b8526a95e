using Slug.Content;

namespace Slug.Registry;

/// <summary>How the making of a release's image ended.</summary>
internal abstract record ReleaseImage
{
    /// <summary>Its manifest, config and layers are in the store.</summary>
    public sealed record Ready(Digest Manifest) : ReleaseImage;

    /// <summary>The release has no droplet, or is gone.</summary>
    public sealed record Absent : ReleaseImage;

    /// <summary>A blob of the droplet is gone, or not what it was.</summary>
    public sealed record Damaged(Digest Blob) : ReleaseImage;
}
