namespace Slug.Downloads;

/// <summary>The address of a registry, below which all that it has is.</summary>
internal sealed class RegistryUrl(string url)
{
    private readonly Uri root = new(url.TrimEnd('/') + "/");

    /// <summary>Where a path of the mirror is at the registry. A query and escapes stay as they are.</summary>
    public Uri Below(string target) => Uri.TryCreate(root, "." + target, out var below) ? below : root;
}
