using System.Collections.Concurrent;
using System.Threading.Channels;
using Slug.Apps;
using Slug.Builds;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Sources.Archives;
using Slug.Sources.Blobs;

namespace Slug.Hosting;

/// <summary>Carries builds that were asked for with the address of their source: fetched in the background, then the way of an upload.</summary>
internal sealed class AskedBuilds(
    SourceFetch fetch, Repositories repositories, Uploads uploads, BuildStore builds, BuildLogs logs, BuildRuns runs, TimeProvider time, ILogger<AskedBuilds> operatorLog) : BackgroundService
{
    private const int FetchedAtOnce = 4;

    private readonly Channel<AskedBuild> queue = Channel.CreateBounded<AskedBuild>(1024);
    private readonly ConcurrentDictionary<Guid, AskedBuild> carried = new();
    private readonly SemaphoreSlim fetching = new(FetchedAtOnce);

    /// <summary>Writes a build down and starts it on its way. Gives its id: its row and its log are there.</summary>
    public async Task<Guid> AskAsync(App app, string by, SourceAddress address, AskedSource asked, CancellationToken cancellationToken)
    {
        var build = new AskedBuild(Guid.CreateVersion7(time.GetUtcNow()), app, by, address, asked);
        await builds.AskAsync(build.Id, app, by, asked, cancellationToken);
        logs.Start(build.Id);
        carried[build.Id] = build;
        await queue.Writer.WriteAsync(build, CancellationToken.None);
        return build.Id;
    }

    /// <summary>Ends a build, wherever it is. False where it has ended.</summary>
    public bool Cancel(Guid id, string by)
    {
        if (!carried.TryGetValue(id, out var build))
            return runs.Cancel(id, by);
        runs.CancelAhead(id, by);
        build.UnwantedBy ??= by;
        build.Unwanted.Cancel();
        return true;
    }

    public override void Dispose()
    {
        fetching.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Reader.CarryAllAsync(CarryAsync, stoppingToken);

    private async Task CarryAsync(AskedBuild build, CancellationToken stopping)
    {
        var log = logs.Start(build.Id);
        using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(build.Unwanted.Token, stopping);
        try
        {
            if (await ReceiveAsync(build, log, unwanted.Token) is { } push)
                await uploads.CarryAsync(push, log.Say, unwanted.Token, stopping);
        }
        catch (OperationCanceledException) when (build.Unwanted.IsCancellationRequested)
        {
            var by = build.UnwantedBy!;
            await RefuseAsync(build, by, log, BuildStatus.Cancelled, $"SLUG3006: the build was cancelled by '{by}'; ask again to start another");
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start finds its row without an end.
        }
        catch (Exception exception)
        {
            operatorLog.DeployFailed(build.Id, exception);
            await RefuseAsync(build, Events.Itself, log, BuildStatus.Failed, "SLUG9005: the service failed, not your app; the operator's log says why. Ask again");
        }
        finally
        {
            carried.TryRemove(build.Id, out _);
            runs.Forget(build.Id);
            logs.Finish(build.Id);
        }
    }

    // Null where it cannot be a source: its log says why.
    private async Task<Push?> ReceiveAsync(AskedBuild build, BuildLog log, CancellationToken cancellationToken)
    {
        await fetching.WaitAsync(cancellationToken);
        try
        {
            log.Say($"-----> Fetching the source from {build.Asked.Url}");
            await using var archive = await fetch.OpenAsync(build.Address, log.Say, cancellationToken);
            var repository = await repositories.FindAsync(build.App.Name.ToString(), cancellationToken);
            if (repository is not RepositoryResult.Found found)
                return await RefuseAsync(build, build.By, log, BuildStatus.Failed, ((RepositoryResult.Refused)repository).Message);
            var received = await uploads.ReceiveAsync(found, build.By, archive, cancellationToken);
            return received is UploadResult.Received(var push)
                ? push with { Id = build.Id, Wishes = push.Wishes with { Buildpacks = build.Asked.Buildpacks } }
                : await RefuseAsync(build, build.By, log, BuildStatus.Failed, ((UploadResult.Refused)received).Message);
        }
        catch (RemoteException exception)
        {
            return await RefuseAsync(build, build.By, log, BuildStatus.Failed, exception.Message);
        }
        finally
        {
            fetching.Release();
        }
    }

    // Gives no push.
    private async Task<Push?> RefuseAsync(AskedBuild build, string by, BuildLog log, string status, string message)
    {
        log.Say($" !     {message}");
        await builds.RefuseAsync(build.Id, build.App, by, status, message);
        return null;
    }

    private sealed record AskedBuild(Guid Id, App App, string By, SourceAddress Address, AskedSource Asked)
    {
        /// <summary>Ends the fetch, and the wait for its turn.</summary>
        public CancellationTokenSource Unwanted { get; } = new();

        /// <summary>Who cancelled it.</summary>
        public string? UnwantedBy { get; set; }
    }
}
