using Microsoft.Extensions.Options;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Heroku;
using Slug.Hosting;
using Slug.Platform.Streams;

namespace Slug.Platform;

/// <summary>Shows builds as the Platform API has them.</summary>
internal sealed class BuildResources(SignedLinks links, IOptions<BuildOptions> options)
{
    public BuildResource Of(HttpContext http, Build build) => new()
    {
        Id = build.Id,
        App = new(build.AppId),
        Buildpacks = build.SourceBuildpacks is { Length: > 0 } asked ? [.. asked.Split('\n').Select(address => BuildpackName.Of(BuildpackAddress.Parse(address)))] : null,
        CreatedAt = build.CreatedAt,
        UpdatedAt = build.FinishedAt ?? build.StartedAt ?? build.CreatedAt,
        OutputStreamUrl = StreamEndpoints.UrlOf(build.Id, http, links),
        SourceBlob = build.SourceUrl is { } url
            ? new(build.SourceChecksum, url, build.SourceVersion, build.SourceDescription)
            : new(null, $"{PublicAddress.Of(http)}/{build.AppName}.git", build.CommitId, null),
        Release = build.Release is { } version ? new(PlatformId.OfRelease(build.AppId, version)) : null,
        Slug = build.Droplet is { } droplet ? new(PlatformId.OfSlug(build.AppId, droplet, build.Slug)) : null,
        Stack = options.Value.Stack,
        Status = StatusOf(build),
        User = UserReference.Of(build.By),
        Generation = "slug",
    };

    public static string StatusOf(Build build) => build.Status switch
    {
        BuildStatus.Queued or BuildStatus.Running => "pending",
        BuildStatus.Succeeded => "succeeded",
        _ => "failed",
    };
}
