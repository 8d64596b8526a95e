using System.Text.Json.Serialization;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Verifications;

namespace Slug.Api;

/// <summary>An app, as <c>GET /slug/apps</c> tells it. Dir is the folder that is built; null where the whole repository is.</summary>
internal sealed record AppView(Guid Id, string Name, DateTimeOffset CreatedAt, int? Release, string? LastBuild, string? LastBuildStatus, string? Dir = null);

/// <summary>What is asked of a new app.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewAppRequest(string? Name);

/// <summary>What of an app is changed: what is null stays. Dir is the folder that is built, <c>.</c> for the whole repository.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record AppChanges(string? Dir);

/// <summary>A build: its end, whose fault a failure was, and what it became.</summary>
internal sealed record BuildView
{
    public required Guid Id { get; init; }

    public required string App { get; init; }

    /// <summary>queued, running, succeeded, failed or cancelled.</summary>
    public required string Status { get; init; }

    public required string Commit { get; init; }

    /// <summary>The droplet was known: no container ran.</summary>
    public required bool Cached { get; init; }

    public Digest? Droplet { get; init; }

    /// <summary>Where a failed build failed, and why.</summary>
    public string? Phase { get; init; }

    public string? Message { get; init; }

    /// <summary>The app was tested, and with which code its tests ended.</summary>
    public bool Test { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>The droplet that was made again, and what came of it.</summary>
    public Digest? Verifies { get; init; }

    public VerificationReport? Verification { get; init; }

    /// <summary>What each buildpack's bin/report printed.</summary>
    public IReadOnlyList<BuildpackReport>? Reports { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

/// <summary>What is kept between an app's builds on one stack, and the build that left it: the build cache, or what a buildpack's step with declared inputs made. Size in bytes, compressed.</summary>
internal sealed record CacheView(string What, string Stack, Guid Build, long Size, DateTimeOffset CreatedAt);

/// <summary>What is kept of a failed build, and all that it takes to start it again: the image's name in the engine, size in bytes, the limits of builds.</summary>
internal sealed record CapsuleView
{
    public required Guid Build { get; init; }

    public required string App { get; init; }

    public required string Phase { get; init; }

    public required string Image { get; init; }

    public required long Size { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string Instance { get; init; }

    public required long Memory { get; init; }

    public required double Cpus { get; init; }

    public required int Pids { get; init; }

    public required string Network { get; init; }

    /// <summary>The host's file that builds find at SSL_CERT_FILE; null where there is none.</summary>
    public string? CaBundle { get; init; }
}

/// <summary>A droplet of an app. Size in bytes, as stored. Damaged: as far as is known, and not given out.</summary>
internal sealed record DropletView(Digest Digest, string Stack, long Size, IReadOnlyDictionary<string, string> Processes, int? Release, DateTimeOffset CreatedAt, bool Damaged = false);

/// <summary>A release: a droplet and config vars, numbered per app.</summary>
internal sealed record ReleaseView(int Version, Digest? Droplet, string? Commit, string Description, DateTimeOffset CreatedAt, bool Damaged = false);

/// <summary>What <c>slug run</c> needs to start an app's current release; config vars included.</summary>
internal sealed record LaunchView(string App, int Release, Digest Droplet, string RunImage, IReadOnlyDictionary<string, string> Processes, IReadOnlyDictionary<string, string> Environment);

/// <summary>The service at a glance. Sizes in bytes.</summary>
internal sealed record StatusView(
    string Version, string Instance, string Data, string Url, DateTimeOffset StartedAt, int Apps, int BuildsRunning, int BuildsQueued, int BuildsAtOnce, IReadOnlyList<KindSize> Disk, string? Engine, string? Stack, int DamagedDroplets = 0);

/// <summary>Whether a push would be built now. Version and data are told to who may read all apps.</summary>
internal sealed record ReadyView(bool Ready, IReadOnlyList<CheckView> Checks, string? Version, string? Data);

/// <summary>One thing that a push needs: engine, stack, database, disk, intake or service; and why it is not there.</summary>
internal sealed record CheckView(string Name, bool Ok, string? Reason, string? Detail);

/// <summary>A token, without its secret. App is null where it is for all of them.</summary>
internal sealed record TokenView(string Name, IReadOnlyList<string> Scopes, string? App, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

/// <summary>What is asked of a new token: scopes are read, deploy, config and admin; lifetime in seconds, null for ever.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record TokenRequest(string? Name, IReadOnlyList<string?>? Scopes, string? App, long? Lifetime);

/// <summary>A new token. Its secret is told here and never again.</summary>
internal sealed record NewTokenView(string Name, string Token, DateTimeOffset? ExpiresAt);

/// <summary>What a check of all that is stored found. Bytes are those that were read.</summary>
internal sealed record CheckReport(int Files, long Bytes, IReadOnlyList<DamagedFile> Damaged);

/// <summary>An error, as RFC 9457 problem details plus our stable code.</summary>
internal sealed record ProblemView(string Title, string Detail, string Code, int Status);
