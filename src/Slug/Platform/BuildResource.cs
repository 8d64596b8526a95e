using Slug.Heroku;

namespace Slug.Platform;

/// <summary>A build. What waits or runs is pending, and what was cancelled has failed.</summary>
internal sealed record BuildResource
{
    public required Guid Id { get; init; }

    public required IdReference App { get; init; }

    /// <summary>Those that were asked for with the build; null where the app itself chose.</summary>
    public required IReadOnlyList<BuildpackName>? Buildpacks { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public required string OutputStreamUrl { get; init; }

    public required SourceBlob SourceBlob { get; init; }

    public required IdReference? Release { get; init; }

    public required IdReference? Slug { get; init; }

    public required string Stack { get; init; }

    public required string Status { get; init; }

    public required UserReference User { get; init; }

    public required string Generation { get; init; }
}

/// <summary>Where a build's source is, or was.</summary>
internal sealed record SourceBlob(string? Checksum, string? Url, string? Version, string? VersionDescription);

/// <summary>A buildpack that is asked for, by its address or by the name of a built-in one.</summary>
internal sealed record WantedBuildpack(string? Url, string? Name);

/// <summary>What is asked for with a new build.</summary>
internal sealed record BuildRequest(SourceBlob? SourceBlob, IReadOnlyList<WantedBuildpack?>? Buildpacks);

/// <summary>What a build printed, line by line, and how it ended: null while it goes on.</summary>
internal sealed record BuildResultResource(BuildReference Build, int? ExitCode, IReadOnlyList<BuildLine> Lines);

/// <summary>A build by its id, and where it stands.</summary>
internal sealed record BuildReference(Guid Id, string Status, string OutputStreamUrl);

/// <summary>One line, with its end. The stream is STDOUT or STDERR.</summary>
internal sealed record BuildLine(string Stream, string Line);
