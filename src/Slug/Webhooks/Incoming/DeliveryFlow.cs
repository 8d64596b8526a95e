using System.Diagnostics;
using Slug.Builds;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Sources.Archives;
using Slug.Telemetry;

namespace Slug.Webhooks.Incoming;

/// <summary>One accepted delivery on its way: its commit is fetched, goes the way of a push, and the forge is told.</summary>
internal sealed class DeliveryFlow(
    CommitFetch commits, Uploads builds, PushTurns turns, BuildStore store, CommitStatuses statuses, DeliveryStore deliveries, Traces traces, TimeProvider time, ILogger<DeliveryFlow> log)
{
    /// <summary>A delivery that the service did not survive so often is not begun again.</summary>
    private const int MostAttempts = 3;

    /// <summary>Carries one delivery to its end. What the end of the service breaks off is begun again at its next start.</summary>
    public async Task CarryAsync(Hook hook, Delivery delivery, CancellationToken stopping)
    {
        using var span = traces.Begin("delivery", ActivityKind.Consumer, Traces.ParentOf(delivery.Trace));
        span?.SetTag("slug.app", hook.App.Name.ToString()).SetTag("slug.hook", hook.Name).SetTag("slug.delivery", delivery.Id.ToString()).SetTag("slug.commit", delivery.CommitId);
        try
        {
            if (delivery.BuildId is { } build && await store.FindAsync(build, stopping) is { Status: BuildStatus.Succeeded })
                await EndAsync(hook, delivery, new(DeliveryStatus.Succeeded, "Released"), stopping);
            else if (delivery.Attempts >= MostAttempts)
                await EndAsync(hook, delivery, new(DeliveryStatus.Failed, "SLUG6213: the service ended three times while this was built; the operator's log says why. Then push again"), stopping);
            else if (await deliveries.BeginAsync(delivery, stopping))
                await BuildAsync(hook, delivery = delivery with { BuildId = null }, stopping);
        }
        catch (RemoteException exception)
        {
            await EndAsync(hook, delivery, new(DeliveryStatus.Failed, exception.Message), stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Its row says where it stands.
        }
        catch (Exception exception)
        {
            log.DeliveryFailed(delivery.Id, exception);
            await EndAsync(hook, delivery, new(DeliveryStatus.Failed, "SLUG6214: the service failed, not the commit; the operator's log says why. Push again"), stopping);
        }
    }

    private async Task BuildAsync(Hook hook, Delivery delivery, CancellationToken stopping)
    {
        var push = PushOf(hook, delivery);
        if (await FetchAsync(hook, delivery, push, stopping) is { } passedOver)
        {
            await EndAsync(hook, delivery, new(DeliveryStatus.Superseded, passedOver), stopping);
            return;
        }

        delivery = delivery with { BuildId = push.Id };
        var told = statuses.TellBegunAsync(hook, delivery, stopping);
        var end = await PushAsync(push, stopping);
        await told;
        // What was refused before its build has no page, and may be sent again.
        var build = await store.FindAsync(push.Id, stopping);
        await EndAsync(hook, delivery with { BuildId = build?.Id, Told = CommitStatus.Pending }, end, stopping);
    }

    /// <summary>Brings the commit; or says why it is passed over. In the app's turn: then no sweep takes what it stands on.</summary>
    private async Task<string?> FetchAsync(Hook hook, Delivery delivery, Push push, CancellationToken stopping)
    {
        using var turn = turns.Enter(hook.App.Id);
        await turn.ComeAsync(stopping);
        // What the branch has left behind is not built where its successor is, or was: deliveries overtake each other.
        var head = await commits.HeadAsync(hook, delivery.Url!, push.Branch, stopping);
        if (head is null || (head != push.NewCommit && await deliveries.HasTakenAsync(hook, push.Branch, head.Value.ToString(), stopping)))
            return $"SLUG6212: the branch '{push.Branch}' is {(head is null ? "gone" : $"at '{head.Value.ToShortString()}', which came too")}; nothing was built";
        await commits.FetchAsync(hook, delivery.Url!, push, stopping);
        await deliveries.BuildAsync(delivery, push.Id, stopping);
        return null;
    }

    /// <summary>Builds as for a pusher, and keeps of what a pusher is told the line that says how it ended.</summary>
    private async Task<DeliveryEnd> PushAsync(Push push, CancellationToken stopping)
    {
        var last = "SLUG6215: the build ended without a word; its log may say more";
        await foreach (var reply in builds.BuildAsync(push, stopping))
        {
            if (reply is PushReply.Line(var text) && (text.StartsWith(" !     SLUG", StringComparison.Ordinal) || text.StartsWith("-----> Released", StringComparison.Ordinal)))
                last = text[7..].Trim();
            else if (reply is PushReply.Accepted)
                return new(DeliveryStatus.Succeeded, last);
        }

        stopping.ThrowIfCancellationRequested();
        return new(DeliveryStatus.Failed, last);
    }

    private async Task EndAsync(Hook hook, Delivery delivery, DeliveryEnd end, CancellationToken stopping)
    {
        Activity.Current?.SetTag("slug.result", end.Status);
        var now = time.GetUtcNow();
        var ended = delivery with { Status = end.Status, Reason = end.Reason, FinishedAt = now };
        // A commit that was passed over has nothing to say, unless it was said to be under way.
        var isTold = end.Status != DeliveryStatus.Superseded || delivery.Told == CommitStatus.Pending;
        await deliveries.EndAsync(hook, ended, isTold ? now + CommitStatuses.Soonest : null, CancellationToken.None);
        if (isTold)
            await statuses.TellEndedAsync(hook, ended, stopping);
    }

    private Push PushOf(Hook hook, Delivery delivery) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = hook.App,
        By = hook.By,
        Branch = delivery.Branch!,
        OldCommit = ObjectId.Zero,
        NewCommit = ObjectId.Parse(delivery.CommitId!),
        Repository = commits.RepositoryOf(hook),
        Quarantine = null,
        Origin = new(new(delivery.Url!), hook.Credentials),
        ReceivedAt = delivery.ReceivedAt,
        Trace = Traces.ParentOf(Traces.Here),
    };

    private sealed record DeliveryEnd(string Status, string Reason);
}
