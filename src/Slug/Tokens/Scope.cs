namespace Slug.Tokens;

/// <summary>What a token opens.</summary>
internal enum Scope
{
    /// <summary>Looks: builds, logs, releases, droplets, the repository.</summary>
    Read,

    /// <summary>Pushes, builds, tests, and what belongs to them.</summary>
    Deploy,

    /// <summary>Config vars, their values among them, and an app's settings.</summary>
    Config,

    /// <summary>All of it, and the installation.</summary>
    Admin,
}
