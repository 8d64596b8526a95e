using System.Data;
using Microsoft.Extensions.Options;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Content;
using Slug.Downloads;
using Slug.Droplets;
using Slug.Engines;
using Slug.Releases;
using Slug.Sources.Blobs;
using Slug.Webhooks.Outgoing;

namespace Slug.Hosting;

/// <summary>One sweep of all that the service keeps: what is past its limit and what nothing refers to goes, what a release or a push under way refers to stays.</summary>
internal sealed class Retention(
    DropletSweep droplets,
    BuildSweep builds,
    BuildCaches caches,
    BuildpackCatalog catalog,
    BuildpackShelf shelf,
    ArchiveStore downloads,
    FailureCapsules capsules,
    Database database,
    SourceShelf sources,
    UploadedSlugs slugs,
    Webhooks.Incoming.FetchedSweep fetched,
    IOptions<RetentionOptions> options,
    TimeProvider time,
    ILogger<Retention> log) : IDisposable
{
    /// <summary>A buildpack from elsewhere that no build asked for in this time is fetched again when one does.</summary>
    private static readonly TimeSpan buildpacksUnused = TimeSpan.FromDays(30);

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>Removes, and gives what it removed; a rehearsal only says what would go.</summary>
    public async Task<IReadOnlyList<Swept>> SweepAsync(bool rehearse, string by, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            IReadOnlyList<Swept> swept =
            [
                .. await DropletsAsync(rehearse, by, cancellationToken),
                rehearse ? await builds.RehearseAsync(options.Value.KeepBuilds, cancellationToken) : await builds.RunAsync(options.Value.KeepBuilds, cancellationToken),
                await fetched.RunAsync(Forget, rehearse, cancellationToken),
                Caches(rehearse),
                shelf.Trim(catalog.BuiltIn, time.GetUtcNow() - buildpacksUnused, rehearse),
                downloads.Trim(rehearse),
                sources.Trim(rehearse),
                await slugs.TrimAsync(rehearse, by, cancellationToken),
                .. await CapsulesAsync(rehearse, cancellationToken),
                await DeliveriesAsync(rehearse, cancellationToken),
            ];
            if (!rehearse && swept.Any(kind => kind.Count > 0))
                await database.WriteAsync(db => Events.Append(db, time, by, "store.swept", null, null, InWords(swept)), cancellationToken);
            return swept;
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private DropletLimits Limits => new(options.Value.KeepDroplets, options.Value.DropletsLimit);

    private static string InWords(IEnumerable<Swept> swept) =>
        string.Join(", ", swept.Where(kind => kind.Count > 0).Select(kind => $"{kind.Count} {kind.Kind} ({ByteSize.InWords(kind.Bytes)})"));

    private async Task<IReadOnlyList<Swept>> DropletsAsync(bool rehearse, string by, CancellationToken cancellationToken)
    {
        var gone = 0;
        var swept = rehearse
            ? await droplets.RehearseAsync(Limits, Trim, cancellationToken)
            : await droplets.RunAsync(Limits, by, Trim, cancellationToken);
        return [new("releases", gone, 0), swept];

        void Trim(IDbConnection db) => gone = ReleaseStore.Trim(db, options.Value.KeepReleases, time, by);
    }

    // The rows that go: files stand and fall with them.
    private void Forget(IDbConnection db)
    {
        droplets.Trim(db, Limits, Events.Itself, rows => ReleaseStore.Trim(rows, options.Value.KeepReleases, time, Events.Itself));
        BuildSweep.Trim(db, options.Value.KeepBuilds);
    }

    private async Task<IReadOnlyList<Swept>> CapsulesAsync(bool rehearse, CancellationToken cancellationToken)
    {
        try
        {
            var outdated = rehearse ? await capsules.OutdatedAsync(cancellationToken) : await capsules.SweepAsync(cancellationToken);
            return [new("capsules", outdated.Count, outdated.Sum(capsule => capsule.Size))];
        }
        catch (EngineException exception)
        {
            log.CapsulesNotSwept(exception);
            return [];
        }
    }

    private async Task<Swept> DeliveriesAsync(bool rehearse, CancellationToken cancellationToken)
    {
        int Trim(IDbConnection db) => DeliveryStore.Trim(db, time.GetUtcNow());
        return new("deliveries", rehearse ? await database.RehearseAsync(Trim, cancellationToken) : await database.WriteAsync(Trim, cancellationToken), 0);
    }

    private Swept Caches(bool rehearse)
    {
        var oldest = caches.Beyond(options.Value.CachesLimit);
        foreach (var cache in rehearse ? [] : oldest)
            File.Delete(cache.Path);
        return new("caches", oldest.Count, oldest.Sum(cache => cache.Size));
    }
}
