using System.Threading.Channels;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources.Blobs;

namespace Slug.Dashboard;

/// <summary>Builds once more what a build was built of: in its turn among the app's pushes, in the background.</summary>
internal sealed class Rebuilds(
    BuiltSources sources, AskedBuilds asked, PushTurns turns, AnswerPush answer, PushCompletion completion, BuildStore builds, Database database, TimeProvider time, ILogger<Rebuilds> log) : BackgroundService
{
    // So long the browser waits for its page; the build does not.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Rebuild> queue = Channel.CreateBounded<Rebuild>(256);

    /// <summary>Asks for it, and returns when there is something to see.</summary>
    public async Task<RebuildResult> StartAsync(App app, Build build, string by, CancellationToken cancellationToken)
    {
        if (await sources.FindAsync(app, build, by, cancellationToken) is not { } push)
            return await AskAsync(app, build, by, cancellationToken) ?? new RebuildResult.Refused(
                $"SLUG6303: what build '{build.Id}' was built of is not here any more: of an app's pushes that were rejected, the last {RejectedPushes.Most} are kept; push the commit '{ObjectId.Parse(build.CommitId).ToShortString()}' again, or ask for the build again with the address of its source");
        var rebuild = new Rebuild(push);
        await queue.Writer.WriteAsync(rebuild, cancellationToken);
        return await BegunAsync(rebuild, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Reader.CarryAllAsync(CarryAsync, stoppingToken);

    // The address may have had a password or a query, which nobody remembers.
    private async Task<RebuildResult?> AskAsync(App app, Build build, string by, CancellationToken cancellationToken)
    {
        if (build.SourceUrl is not { } url || url.Contains('…', StringComparison.Ordinal) || !SourceAddress.TryRead(url, build.SourceChecksum, _ => false, out var address, out _))
            return null;
        var source = new AskedSource
        {
            Url = url,
            Checksum = build.SourceChecksum,
            Version = build.SourceVersion,
            VersionDescription = build.SourceDescription,
            Buildpacks = build.SourceBuildpacks?.Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [],
        };
        return new RebuildResult.Begun(await asked.AskAsync(app, by, address, source, cancellationToken));
    }

    private async Task CarryAsync(Rebuild rebuild, CancellationToken stopping)
    {
        var last = "";
        try
        {
            using var turn = turns.Enter(rebuild.Push.App.Id);
            await turn.ComeAsync(stopping);
            await foreach (var reply in answer(rebuild.Push, stopping))
            {
                last = reply is PushReply.Line({ Length: > 0 } text) ? text.TrimStart(' ', '!') : last;
                if (reply is PushReply.Accepted)
                    await KeepAsync(rebuild.Push, stopping);
            }
        }
        catch (OperationCanceledException)
        {
            last = "SLUG9007: the service is stopping; try again when it is back";
        }
        finally
        {
            rebuild.End.SetResult(last);
        }
    }

    private async Task KeepAsync(Push push, CancellationToken cancellationToken)
    {
        try
        {
            await completion.KeepAsync(push, cancellationToken);
            push.Quarantine?.Remove();
        }
        catch (IOException exception)
        {
            log.DeployFailed(push.Id, exception);
        }
    }

    // A build has a page when it has a row; one that never gets one has said why.
    private async Task<RebuildResult> BegunAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var late = Task.Delay(patience, time, cancellationToken);
        while (true)
        {
            var next = database.NextWrite;
            if (await builds.FindAsync(rebuild.Push.Id, cancellationToken) is { } begun)
                return new RebuildResult.Begun(begun.Id);
            if (rebuild.End.Task.IsCompleted)
                return new RebuildResult.Refused(await rebuild.End.Task);
            if (await Task.WhenAny(next, rebuild.End.Task, late) == late)
                return new RebuildResult.Waiting();
        }
    }

    private sealed record Rebuild(Push Push)
    {
        /// <summary>It is over; what it said last.</summary>
        public TaskCompletionSource<string> End { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>What came of asking for a build once more.</summary>
internal abstract record RebuildResult
{
    internal sealed record Begun(Guid Build) : RebuildResult;

    /// <summary>Others are before it.</summary>
    internal sealed record Waiting : RebuildResult;

    internal sealed record Refused(string Message) : RebuildResult;
}
