using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Slug.Content.Wire;

namespace Slug.Downloads;

/// <summary>
/// Answers what builds ask of registries: with an archive that the service fetched itself and that is what the registry
/// promises, or with where to ask. A build adds nothing to it but a path of known form.
/// </summary>
internal sealed class Mirror(
    IEnumerable<IRegistry> registries, RegistryClient client, ArchiveStore store, IOptions<DownloadOptions> options, TimeProvider time, ILogger<Mirror> log)
{
    private const int LongestTarget = 2048;

    private static readonly SearchValues<char> inUrls = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(code => (char)code)]);

    // By the whole address: URIs that differ in the fragment alone are equal.
    private readonly ConcurrentDictionary<string, Lazy<Task<DownloadResult>>> underWay = new();

    /// <summary>Where builds find the registries; nowhere where nothing is kept.</summary>
    public IReadOnlyList<RegistryDoor> Doors => options.Value.Limit == 0 ? [] : [.. registries.Select(registry => new RegistryDoor(registry.Name, registry.Port))];

    /// <param name="name">The registry's.</param>
    /// <param name="target">The path and query that the build asked for.</param>
    /// <param name="reads">The build asks for no more than to read, and shows no credentials.</param>
    /// <param name="cancellationToken">Ends the answer, not what is fetched: others may wait for it.</param>
    public async Task<DownloadResult> GetAsync(string name, string target, bool reads, CancellationToken cancellationToken)
    {
        if (options.Value.Limit == 0 || registries.FirstOrDefault(registry => registry.Name == name) is not { } registry
            || target.Length > LongestTarget || !target.StartsWith('/') || target.AsSpan().ContainsAnyExcept(inUrls))
            return new DownloadResult.Unknown();
        return await registry.ReadAsync(target, cancellationToken) switch
        {
            Wanted.Archive(var archive) when reads => await ArchiveAsync(registry, archive, cancellationToken),
            Wanted.Document(var json) => new DownloadResult.Document(json),
            Wanted.Archive(var archive) => new DownloadResult.Elsewhere(archive.Url),
            Wanted.Other(var url) => new DownloadResult.Elsewhere(url),
            Wanted.Nothing => new DownloadResult.Unknown(),
            var odd => throw new InvalidOperationException($"nothing answers a {odd}"),
        };
    }

    private async Task<DownloadResult> ArchiveAsync(IRegistry registry, PackageArchive archive, CancellationToken cancellationToken)
    {
        if (await store.OpenAsync(archive.Url, cancellationToken) is { } kept)
            return new DownloadResult.Found(kept);
        // One fetch for all who wait for it; it goes on where one of them leaves.
        var fetch = underWay.GetOrAdd(archive.Url.AbsoluteUri, _ => new(() => FetchAsync(registry, archive)));
        return await fetch.Value.WaitAsync(cancellationToken) is DownloadResult.Refused refused ? refused
            : await store.OpenAsync(archive.Url, cancellationToken) is { } arrived ? new DownloadResult.Found(arrived)
            : new DownloadResult.Elsewhere(archive.Url);
    }

    private async Task<DownloadResult> FetchAsync(IRegistry registry, PackageArchive archive)
    {
        using var limit = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            await using var arrival = store.Begin();
            var promised = registry.PromiseAsync(archive, limit.Token);
            var written = client.TryWriteAsync(archive.Url, arrival, options.Value.LargestArchive, limit.Token);
            await Task.WhenAll(promised, written);
            if (await written && await promised is { } promise)
            {
                if (!arrival.Keeps(promise))
                {
                    log.DownloadBroken(archive.Url);
                    return new DownloadResult.Refused($"SLUG7480: '{archive.Url}' is not what its registry promises; expected the hash of the registry's index; try again, and tell the operator when it happens twice");
                }

                store.Keep(archive.Url, arrival);
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            log.NotDownloaded(archive.Url, exception.GetBaseException().Message);
        }
        finally
        {
            underWay.TryRemove(archive.Url.AbsoluteUri, out _);
        }

        return new DownloadResult.Elsewhere(archive.Url);
    }
}
