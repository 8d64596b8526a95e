namespace Slug.Content.Sources;

/// <summary>The source of a build whose app is a slug already: two files at its root, read in this order.</summary>
public static class SlugSource
{
    /// <summary>Process type to command, in JSON.</summary>
    public const string Processes = "process_types.json";

    /// <summary>The slug as it was uploaded: a gzip'ed tar of <c>./app</c>.</summary>
    public const string Archive = "slug.tgz";
}
