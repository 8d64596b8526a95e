namespace Slug.Content.Tar;

/// <summary>Which permission bits go into a layer.</summary>
public enum LayerModes
{
    /// <summary>Those of the files.</summary>
    AsFound,

    /// <summary>As git knows them: executable for all (0755) or readable for all (0644). What the umask of a checkout did is not seen.</summary>
    AsGit,
}
