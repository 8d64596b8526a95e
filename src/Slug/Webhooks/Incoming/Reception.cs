using System.Text.Json;
using Slug.Pushes;
using Slug.Telemetry;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Webhooks.Incoming;

/// <summary>Takes deliveries in: whose they are, what they ask for, whether they were here before. What it accepts is on disk when it says so.</summary>
internal sealed class Reception(HookStore hooks, DeliveryStore deliveries, DeliveryRuns runs, TimeProvider time)
{
    // Against it the deliveries of hooks that do not exist are held, so that they take as long as the others.
    private readonly HookSecret nobodys = HookSecret.Create();

    /// <param name="app">As the address has it.</param>
    /// <param name="name">The hook's, likewise.</param>
    /// <param name="request">What was sent.</param>
    /// <param name="address">By which the sender reaches this service.</param>
    /// <param name="cancellationToken">The sender hung up.</param>
    public async Task<HookAnswer> ReceiveAsync(string app, string name, HookRequest request, string address, CancellationToken cancellationToken)
    {
        var hook = await hooks.FindAsync(app, name, cancellationToken);
        var (forge, secret) = (hook?.Forge ?? AllForges.Nobodys, hook?.Secret ?? nobodys);
        var isGood = forge.IsGood(request, secret, secret.Expect(request), time.GetUtcNow());
        if (hook is null || !isGood)
            return HookAnswer.Unknown;
        try
        {
            return await TakeAsync(hook, DeliveryOf(hook, request, Judgement.Of(hook, forge.Read(request)), address), cancellationToken);
        }
        catch (JsonException exception)
        {
            return HookAnswer.Malformed(hook, exception.Message);
        }
    }

    private async Task<HookAnswer> TakeAsync(Hook hook, Delivery delivery, CancellationToken cancellationToken)
    {
        switch (await deliveries.AddAsync(hook, delivery, cancellationToken))
        {
            case Receipt.Replayed(var other):
                return HookAnswer.Replayed(other);
            case Receipt.Known(var known):
                return HookAnswer.Known(known);
            default:
                runs.Ring();
                return HookAnswer.Taken(delivery);
        }
    }

    private Delivery DeliveryOf(Hook hook, HookRequest request, Judgement judgement, string address)
    {
        var now = time.GetUtcNow();
        var delivery = new Delivery
        {
            Id = Guid.CreateVersion7(now),
            HookId = hook.Id,
            Key = Readable.Text(hook.Forge.KeyOf(request) ?? request.Digest.ToString()),
            Body = hook.Forge.IsBodyGoodOnce(request) ? request.Digest.ToString() : "",
            Status = DeliveryStatus.Accepted,
            Address = address,
            Trace = Traces.Here,
            ReceivedAt = now,
        };
        return judgement switch
        {
            Judgement.Wanted(var branch, var commit, var url) => delivery with { Branch = branch, CommitId = commit.ToString(), Url = url },
            Judgement.Unwanted(var reason) => delivery with { Status = DeliveryStatus.Ignored, Reason = reason, FinishedAt = now },
            _ => throw new InvalidOperationException("a delivery is wanted or not"),
        };
    }
}
