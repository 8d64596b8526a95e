using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Slug.Downloads;

/// <summary>
/// NuGet's packages. The source's index names the address of its packages; builds get that index with the mirror's in its place.
/// </summary>
internal sealed partial class NuGetRegistry(RegistryClient client, DownloadOptions options) : IRegistry
{
    private const string Index = "/v3/index.json";
    private const string Packages = "/packages/";

    private readonly Uri source = new(options.NuGetSource);
    private volatile RegistryUrl? packages;

    public string Name => "nuget";

    public int Port => 27072;

    public async Task<Wanted> ReadAsync(string target, CancellationToken cancellationToken)
    {
        if (target == Index && await ReadIndexAsync(cancellationToken) is { } index)
            return new Wanted.Document(index);
        if (!target.StartsWith(Packages, StringComparison.Ordinal) || (packages is null && await ReadIndexAsync(cancellationToken) is null))
            return new Wanted.Other(source);
        var url = packages!.Below(target[(Packages.Length - 1)..]);
        return ArchivePath().Match(target) is { Success: true } path && path.Groups["file"].Value == $"{path.Groups["id"]}.{path.Groups["version"]}"
            ? new Wanted.Archive(new(path.Groups["id"].Value, path.Groups["version"].Value, url))
            : new Wanted.Other(url);
    }

    // The protocol has no hash beside a package: that its one address was asked, over TLS, is all that is known of it.
    public Task<Promise?> PromiseAsync(PackageArchive archive, CancellationToken cancellationToken) => Task.FromResult<Promise?>(Promise.OfItsAddress);

    // Null where the source does not answer, or keeps its packages where they are less safe on their way than its index.
    private async Task<byte[]?> ReadIndexAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.JsonAsync(source, cancellationToken);
            var index = answer is null ? null : JsonObject.Create(answer.RootElement);
            if (index?["resources"] is not JsonArray resources || resources.FirstOrDefault(IsPackages) is not { } resource
                || !Uri.TryCreate(resource["@id"]?.GetValue<string>(), UriKind.Absolute, out var address) || address.Scheme != source.Scheme)
                return null;
            packages = new(address.AbsoluteUri);
            foreach (var replaced in resources.Where(IsPackages))
                replaced!["@id"] = $"http://127.0.0.1:{Port}{Packages}";
            return JsonSerializer.SerializeToUtf8Bytes(index, DownloadJson.Default.JsonObject);
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidOperationException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    private static bool IsPackages(JsonNode? resource) =>
        resource is JsonObject && resource["@type"] is JsonValue type && type.TryGetValue<string>(out var text) && text.StartsWith("PackageBaseAddress/", StringComparison.Ordinal);

    // Ids and versions as the protocol has them in addresses: in lower case.
    [GeneratedRegex(@"\A/packages/(?<id>[a-z0-9_][a-z0-9._-]*)/(?<version>[0-9]+(\.[0-9]+){1,3}(-[0-9a-z.-]+)?)/(?<file>[a-z0-9._-]+)\.nupkg\z", RegexOptions.ExplicitCapture)]
    private static partial Regex ArchivePath();
}
