namespace Slug.Content.Wire;

/// <summary>Headers of <c>GET /builder/builds/{id}/cache</c>'s answer. Where there is no cache, it is 404 with the reason as text.</summary>
public static class CacheHeaders
{
    /// <summary>What the body must be: its sha256.</summary>
    public const string Digest = "Slug-Cache-Digest";

    /// <summary>The id of the build that left the cache.</summary>
    public const string Build = "Slug-Cache-Build";
}
