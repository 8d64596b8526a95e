using System.Diagnostics;
using Slug.Builds;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Sources.Archives;
using Slug.Telemetry;

namespace Slug.Webhooks.Incoming;

/// <summary>One accepted delivery on its way: its commit is fetched, goes the way of a push, and the forge is told.</summary>
internal sealed class DeliveryFlow(CommitFetch commits, Uploads builds, BuildStore store, CommitStatuses statuses, DeliveryStore deliveries, Traces traces, TimeProvider time, ILogger<DeliveryFlow> log)
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
                await BuildAsync(hook, delivery, stopping);
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
        var commit = ObjectId.Parse(delivery.CommitId!);
        // What the branch has left behind is not built where its successor is, or was: deliveries overtake each other.
        var head = await commits.HeadAsync(hook, delivery.Url!, delivery.Branch!, stopping);
        if (head is null || (head != commit && await deliveries.HasTakenAsync(hook, delivery.Branch!, head.Value.ToString(), stopping)))
        {
            await EndAsync(hook, delivery, new(DeliveryStatus.Superseded, $"SLUG6212: the branch '{delivery.Branch}' is {(head is null ? "gone" : $"at '{head.Value.ToShortString()}', which came too")}; nothing was built"), stopping);
            return;
        }

        var push = PushOf(hook, delivery, await commits.FetchAsync(hook, delivery.Url!, commit, stopping), commit);
        delivery = delivery with { BuildId = push.Id };
        await deliveries.BuildAsync(delivery, push.Id, stopping);
        var told = statuses.TellAsync(hook, delivery, CommitStatus.Pending, "Slug builds it", stopping);
        var end = await PushAsync(push, stopping);
        await told;
        await EndAsync(hook, delivery with { Told = CommitStatus.Pending }, end, stopping);
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
        await deliveries.EndAsync(hook, delivery, end.Status, end.Reason, CancellationToken.None);
        // A commit that was passed over has nothing to say, unless it was said to be under way.
        if (end.Status != DeliveryStatus.Superseded || delivery.Told == CommitStatus.Pending)
            await statuses.TellAsync(hook, delivery, end.Status == DeliveryStatus.Succeeded ? CommitStatus.Success : CommitStatus.Failure, end.Reason, stopping);
    }

    private Push PushOf(Hook hook, Delivery delivery, Repository repository, ObjectId commit) => new()
    {
        Id = Guid.CreateVersion7(time.GetUtcNow()),
        App = hook.App,
        By = hook.By,
        Branch = delivery.Branch!,
        OldCommit = ObjectId.Zero,
        NewCommit = commit,
        Repository = repository,
        Quarantine = null,
        Origin = new(delivery.Url!),
        ReceivedAt = delivery.ReceivedAt,
        Trace = Traces.ParentOf(Traces.Here),
    };

    private sealed record DeliveryEnd(string Status, string Reason);
}
