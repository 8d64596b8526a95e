using System.Threading.Channels;
using Slug.Api;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Dashboard;

/// <summary>Builds a commit once more that a push brought before: in its turn among the app's pushes, in the background.</summary>
internal sealed class Rebuilds(TestRequests requests, PushTurns turns, AnswerPush answer, BuildStore builds, Database database, TimeProvider time) : BackgroundService
{
    // So long the browser waits for its page; the build does not.
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(10);

    private readonly Channel<Rebuild> queue = Channel.CreateBounded<Rebuild>(256);

    /// <summary>Asks for it, and returns when there is something to see.</summary>
    public async Task<RebuildResult> StartAsync(App app, Build build, string by, CancellationToken cancellationToken)
    {
        if (await requests.FindAsync(app, build.CommitId, by, cancellationToken) is not { } push)
            return new RebuildResult.Refused($"SLUG6303: the commit '{build.CommitId}' is not in the repository of '{app.Name}', as its push was rejected; push it again");
        // What is known is answered without a build: who asks for one again wants it built.
        var cache = build.Droplet is null ? CacheWish.Use : CacheWish.PassOver;
        var rebuild = new Rebuild(push with { Wishes = new() { IsTest = build.IsTest, Cache = cache, Slug = build.Slug } });
        await queue.Writer.WriteAsync(rebuild, cancellationToken);
        return await BegunAsync(rebuild, cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => queue.Reader.CarryAllAsync((rebuild, stopping) => rebuild.RunAsync(turns, answer, stopping), stoppingToken);

    // A build has a page when it has a row; one that never gets one has said why.
    private async Task<RebuildResult> BegunAsync(Rebuild rebuild, CancellationToken cancellationToken)
    {
        var late = Task.Delay(patience, time, cancellationToken);
        while (true)
        {
            var next = database.NextWrite;
            if (await builds.FindAsync(rebuild.Push.Id, cancellationToken) is { } begun)
                return new RebuildResult.Begun(begun.Id);
            if (rebuild.Ended.IsCompleted)
                return new RebuildResult.Refused(await rebuild.Ended);
            if (await Task.WhenAny(next, rebuild.Ended, late) == late)
                return new RebuildResult.Waiting();
        }
    }
}

/// <summary>A build that somebody asked for once more.</summary>
internal sealed class Rebuild(Push push)
{
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Push Push => push;

    /// <summary>It is over; what it said last.</summary>
    public Task<string> Ended => ended.Task;

    public async Task RunAsync(PushTurns turns, AnswerPush answer, CancellationToken cancellationToken)
    {
        var last = "";
        try
        {
            using var turn = turns.Enter(push.App.Id);
            await turn.ComeAsync(cancellationToken);
            await foreach (var reply in answer(push, cancellationToken))
                last = reply is PushReply.Line({ Length: > 0 } text) ? text.TrimStart(' ', '!') : last;
        }
        catch (OperationCanceledException)
        {
            last = "SLUG9007: the service is stopping; try again when it is back";
        }
        finally
        {
            ended.SetResult(last);
        }
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
