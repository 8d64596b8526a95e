using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Slug.Webhooks.Incoming;

/// <summary>Carries what was accepted, in the background: of one app one at a time, in the order it came. The queue is in the database, so that what a crash left is carried at the next start.</summary>
internal sealed class DeliveryRuns(DeliveryStore deliveries, DeliveryFlow flow, CommitStatuses statuses, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ConcurrentDictionary<Guid, bool> busy = new();

    /// <summary>There is something to carry.</summary>
    public void Ring() => bell.Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // A build that the end of the service breaks off is no failure of its commit: nothing is decided once this is cancelled.
        var stopping = lifetime.ApplicationStopping;
        var underWay = new HashSet<Task> { TellAsync(stopping) };
        Ring();
        try
        {
            await foreach (var _ in bell.Reader.ReadAllAsync(stopping))
            {
                underWay.RemoveWhere(task => task.IsCompleted);
                foreach (var waiting in await deliveries.WaitingAsync(stopping))
                {
                    if (busy.TryAdd(waiting.Hook.App.Id, true))
                        underWay.Add(CarryAsync(waiting, stopping));
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await Task.WhenAll(underWay);
        }
    }

    private async Task CarryAsync(WaitingDelivery waiting, CancellationToken stopping)
    {
        try
        {
            await flow.CarryAsync(waiting.Hook, waiting.Delivery, stopping);
        }
        finally
        {
            busy.TryRemove(waiting.Hook.App.Id, out _);
            Ring();
        }
    }

    // What ended while nobody could say so, or listen.
    private async Task TellAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(CommitStatuses.Soonest, time);
        try
        {
            for (var due = DateTimeOffset.MaxValue; ; due = time.GetUtcNow())
            {
                foreach (var (delivery, hook) in await deliveries.UntoldAsync(due, stopping))
                    await statuses.TellEndedAsync(hook, delivery, stopping);
                await timer.WaitForNextTickAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next start tries again.
        }
    }
}
