using System.IO.Pipelines;

namespace Slug.Pushes;

/// <summary>Gives a push's answer to its hook, with heartbeats, and turns every failure on the way into a refusal.</summary>
internal sealed class HookRelay(
    PushDialogue dialogue, PushOptions options, TimeProvider time, IHostApplicationLifetime lifetime, ILogger<HookRelay> logger)
{
    public async Task RelayAsync(PushSession session, HookRequest request, PipeWriter hook, CancellationToken hookGone, CancellationToken ended)
    {
        var reply = new HookReply(hook);
        try
        {
            await AnswerAsync(session, request, reply, hookGone, ended);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await RefuseAsync(reply, "SLUG1022: the service is stopping; nothing was changed; push again in a moment", hookGone);
        }
        catch (OperationCanceledException) when (hookGone.IsCancellationRequested || ended.IsCancellationRequested)
        {
            logger.HookGone(session.Id);
        }
        catch (Exception exception)
        {
            logger.PushNotAnswered(exception, session.Id);
            await RefuseAsync(reply, $"SLUG1021: the service failed at push {session.Id:D}; nothing was changed; push again, and tell the operator if it stays", hookGone);
        }
    }

    private async Task AnswerAsync(PushSession session, HookRequest request, HookReply reply, CancellationToken hookGone, CancellationToken ended)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(hookGone, ended, lifetime.ApplicationStopping);
        var answer = dialogue.AnswerAsync(session, request, over.Token);
        await foreach (var said in new Heartbeat(options.Heartbeat, time).BetweenAsync(answer, over.Token))
        {
            await reply.WriteAsync(said, hookGone);
            if (said is PushReply.Accepted or PushReply.Rejected)
                return;
        }
        throw new InvalidOperationException("the answer to a push ended without a verdict");
    }

    private static async Task RefuseAsync(HookReply reply, string message, CancellationToken hookGone)
    {
        foreach (var said in PushDialogue.Refuse(message))
            await reply.WriteAsync(said, hookGone);
    }
}
