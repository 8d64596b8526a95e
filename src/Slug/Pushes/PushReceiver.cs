using System.Diagnostics;
using System.IO.Pipelines;
using Slug.Hosting;
using Slug.Telemetry;
using Slug.Tokens;

namespace Slug.Pushes;

/// <summary>Receives one push: feeds git what the pusher sends, and the pusher what git says.</summary>
internal sealed class PushReceiver(
    Git git, PushSessions sessions, PushCompletion completion, RepositoryUpkeep upkeep, Meters meters, Traces traces, PushOptions options, ILogger<PushReceiver> logger)
{
    private const int ErrorLimit = 4096;

    // Once git has ended: for a pusher who is still sending what nobody wants, and reads the answer after.
    private static readonly TimeSpan farewell = TimeSpan.FromMinutes(1);

    /// <summary>Returns when git has ended and all is told; a pusher who hangs up does not end it once the pack is here.</summary>
    public async Task ReceiveAsync(RepositoryResult.Found found, Stream body, HttpContext http)
    {
        GitRequest.Answer(http.Response, GitService.ReceivePack.ResultType);
        using var arrival = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        arrival.CancelAfter(options.Arrival);
        using var span = traces.Begin("push", ActivityKind.Server, Traces.ParentOf(http.Request));
        var session = sessions.Open(found, Grant.Of(http).Name, span);
        await using var child = git.Receive(found.Repository, GitRequest.ProtocolOf(http.Request), session.Key).Start();
        var pushed = new PushBody(body, options.Limit);
        var feed = FeedAsync(pushed, child, session, arrival.Token);
        var reported = await RelayAsync(session, child, http.Response.BodyWriter);
        arrival.CancelAfter(farewell);
        await feed;
        Measure(session, pushed.Count);
        if (!reported)
            http.Abort();
    }

    private void Measure(PushSession session, long bytes)
    {
        // A client that only tries whether it may push brings nothing to measure.
        if (!session.HasBegun)
            session.Span?.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
        else
            meters.Pushed(bytes, session.Deployed is not null);
        session.Span?.SetTag("slug.app", session.App.Name.ToString()).SetTag("slug.push", session.Id.ToString())
            .SetTag("slug.push.size", bytes).SetTag("slug.accepted", session.Deployed is not null);
    }

    private async Task<bool> RelayAsync(PushSession session, StartedChild child, PipeWriter pusher)
    {
        var error = CapturedText.TailOfAsync(child.Error, ErrorLimit, CancellationToken.None);
        try
        {
            var report = await new ReportRelay(pusher).RunAsync(child.Output, CancellationToken.None);
            // A client that only tries whether it may push sends a lone flush, and gets an empty answer.
            if (await child.WaitAsync(CancellationToken.None) is not 0 and var exitCode && !report.IsComplete)
                throw new IOException($"git receive-pack exited with {exitCode}");
            (await completion.CompleteAsync(session, report, CancellationToken.None)).WriteTo(pusher);
            await pusher.CompleteAsync();
            await upkeep.RunAsync(session.Repository, CancellationToken.None);
            return true;
        }
        catch (IOException exception)
        {
            logger.PushWithoutReport(exception, session.Id, await error);
            return false;
        }
        finally
        {
            await sessions.CloseAsync(session);
        }
    }

    /// <summary>Gives git the request; where that breaks off before the pack is whole, ends git, which removes its quarantine.</summary>
    private static async Task FeedAsync(PushBody body, StartedChild child, PushSession session, CancellationToken cancellationToken)
    {
        var arrived = await body.CopyToAsync(child.Input, cancellationToken);
        if (arrived || session.HasBegun)
            child.Input.Close();
        else
            await child.StopAsync(CancellationToken.None);
    }
}
