using System.Text.Json;

namespace Slug.Builds;

/// <summary>One attempt to turn a source into a droplet, as it is remembered.</summary>
internal sealed record Build
{
    public required Guid Id { get; init; }

    public required Guid AppId { get; init; }

    public required string AppName { get; init; }

    public required string Status { get; init; }

    public required string Branch { get; init; }

    /// <summary>What its push wished for, as push options, one a line.</summary>
    public string? Options { get; init; }

    public required string CommitId { get; init; }

    public required string TreeId { get; init; }

    public string? Droplet { get; init; }

    /// <summary>The release that came of it.</summary>
    public int? Release { get; init; }

    /// <summary>The name of the token that asked for it; null where an older version noted none.</summary>
    public string? By { get; init; }

    /// <summary>Of a build that was asked for with an address: that address, what was promised and said of what is there, and the buildpacks, one a line.</summary>
    public string? SourceUrl { get; init; }

    public string? SourceChecksum { get; init; }

    public string? SourceVersion { get; init; }

    public string? SourceDescription { get; init; }

    public string? SourceBuildpacks { get; init; }

    /// <summary>The slug that was uploaded for it; null where a source was compiled.</summary>
    public Guid? Slug { get; init; }

    public required bool Cached { get; init; }

    public string? Phase { get; init; }

    public string? Message { get; init; }

    /// <summary>The app was tested; no droplet was to come of it.</summary>
    public bool IsTest { get; init; }

    /// <summary>With which its tests ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>The droplet that was made again; what came of it, in JSON.</summary>
    public string? Verifies { get; init; }

    public string? Verification { get; init; }

    /// <summary>JSON: what the buildpacks reported.</summary>
    public string? Reports { get; init; }

    /// <summary>JSON: when its phases were.</summary>
    public string? Phases { get; init; }

    public IReadOnlyList<PhaseTime> PhaseTimes => Phases is null ? [] : JsonSerializer.Deserialize(Phases, PhaseJson.Default.IReadOnlyListPhaseTime)!;

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>Where a build stands, as it is written in its row.</summary>
internal static class BuildStatus
{
    public const string Queued = "queued";
    public const string Running = "running";
    public const string Succeeded = "succeeded";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
}
