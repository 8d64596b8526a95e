using System.Text.Json;
using System.Text.RegularExpressions;

namespace Slug.Downloads;

/// <summary>npm's packages, as <c>/@scope/name/-/name-1.0.0.tgz</c>.</summary>
internal sealed partial class NpmRegistry(RegistryClient client, DownloadOptions options) : IRegistry
{
    private readonly RegistryUrl root = new(options.NpmRegistry);

    public string Name => "npm";

    public int Port => 27071;

    public Task<Wanted> ReadAsync(string target, CancellationToken cancellationToken) =>
        Task.FromResult<Wanted>(Find(target) is { } archive ? new Wanted.Archive(archive) : new Wanted.Other(root.Below(target)));

    // The version's own manifest: a package's whole index may have ten megabytes.
    public async Task<Promise?> PromiseAsync(PackageArchive archive, CancellationToken cancellationToken)
    {
        using var manifest = await client.JsonAsync(root.Below($"/{archive.Package.Replace("/", "%2f", StringComparison.Ordinal)}/{archive.Version}"), cancellationToken);
        return manifest is not null && Text(manifest.RootElement, "name") == archive.Package && Text(manifest.RootElement, "version") == archive.Version
            && manifest.RootElement.TryGetProperty("dist", out var dist)
            ? Promise.Parse(Text(dist, "integrity"))
            : null;
    }

    private PackageArchive? Find(string target)
    {
        var path = ArchivePath().Match(target);
        return path.Success && path.Groups["base"].Value == path.Groups["again"].Value
            ? new(path.Groups["name"].Value, path.Groups["version"].Value, root.Below(target))
            : null;
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A name begins with no dot; a version is one of semver's. Neither holds what a path, a query or an escape is made of.
    [GeneratedRegex(@"\A/(?<name>(?:@[a-z0-9~_-][a-z0-9._~-]*/)?(?<base>[A-Za-z0-9~_-][A-Za-z0-9._~-]*))/-/(?<again>[A-Za-z0-9~_-][A-Za-z0-9._~-]*)-(?<version>[0-9]+\.[0-9]+\.[0-9]+(?:[-+][0-9A-Za-z.+-]+)?)\.tgz\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ArchivePath();
}
