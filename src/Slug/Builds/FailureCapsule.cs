using Slug.Apps;
using Slug.Content;
using Slug.Content.Wire;

namespace Slug.Builds;

/// <summary>What is kept of a build that failed: an image of its container's file system, and the last command in it as a script.</summary>
internal sealed record FailureCapsule
{
    /// <summary>Where the builder keeps the last command that it ran.</summary>
    public const string LastCommand = "/tmp/slug/command";

    /// <summary>ENV_DIR of the build.</summary>
    public const string ConfigVars = "/slug/env";

    public required Guid Build { get; init; }

    public required string App { get; init; }

    public required string Phase { get; init; }

    /// <summary>Its name in the engine.</summary>
    public required string Image { get; init; }

    /// <summary>Bytes beyond the stack's build image.</summary>
    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Of which build a container holds the remains.</summary>
internal sealed record BuildRemains(Guid Build, AppName App, BuildPhase Phase, Digest Image);
