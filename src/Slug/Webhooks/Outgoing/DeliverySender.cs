using System.Diagnostics;
using Slug.Hosting;
using Slug.Telemetry;

namespace Slug.Webhooks.Outgoing;

/// <summary>
/// Sends what the outbox holds: one delivery of a webhook at a time and in order, several webhooks side by side.
/// It wakes when something was written, when an attempt has ended, and when the next one is due.
/// </summary>
internal sealed class DeliverySender(Database database, DeliveryStore deliveries, WebhookPost post, TargetCircuits circuits, Traces traces, TimeProvider time, ILogger<DeliverySender> log) : BackgroundService
{
    /// <summary>Webhooks that are sent to side by side.</summary>
    private const int AtOnce = 16;

    // After a fault of ours: the same delivery is the next again.
    private static readonly TimeSpan rest = TimeSpan.FromMinutes(1);

    private readonly Dictionary<Guid, Task> underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
                await TurnAsync(stoppingToken);
        }
        finally
        {
            await Task.WhenAll(underWay.Values);
        }
    }

    private async Task TurnAsync(CancellationToken stoppingToken)
    {
        var written = database.NextWrite;
        foreach (var ended in underWay.Where(attempt => attempt.Value.IsCompleted).Select(attempt => attempt.Key).ToList())
            underWay.Remove(ended);
        var waiting = (await deliveries.HeadsAsync(stoppingToken)).Where(head => !underWay.ContainsKey(head.WebhookId)).ToList();
        var now = time.GetUtcNow();
        foreach (var head in waiting.Where(head => head.NextAttemptAt <= now).Take(AtOnce - underWay.Count))
            underWay[head.WebhookId] = AttemptAsync(head.Id, stoppingToken);
        await WaitAsync(written, waiting.Find(head => head.NextAttemptAt > now)?.NextAttemptAt - now, stoppingToken);
    }

    private async Task WaitAsync(Task written, TimeSpan? due, CancellationToken stoppingToken)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        // A delay is cut to milliseconds: one that ends early would find nothing to do.
        var delay = due is { } left ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : Timeout.InfiniteTimeSpan;
        await Task.WhenAny([written, Task.Delay(delay, time, awake.Token), .. underWay.Values]);
        await awake.CancelAsync();
        stoppingToken.ThrowIfCancellationRequested();
    }

    // What is sent and not noted, because the service ends or dies, is sent again with the same id.
    private async Task AttemptAsync(Guid id, CancellationToken stoppingToken)
    {
        try
        {
            if (await deliveries.OpenAsync(id, stoppingToken) is not { } parcel)
                return;
            var attempt = Guid.CreateVersion7(time.GetUtcNow());
            await (await SendAsync(parcel, attempt, stoppingToken) switch
            {
                CircuitResult.Open(var wait) => deliveries.PutOffAsync(parcel.Delivery, wait, stoppingToken),
                CircuitResult.Tried(var result) => deliveries.NoteAsync(parcel.Delivery, attempt, result, stoppingToken),
                _ => throw new InvalidOperationException("there is no third ending"),
            });
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            log.WebhookFailed(id, exception);
            await Task.Delay(rest, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // The address may be a secret: the span names the webhook by its id.
    private async Task<CircuitResult> SendAsync(Parcel parcel, Guid attempt, CancellationToken stoppingToken)
    {
        using var span = traces.Begin("webhook", ActivityKind.Client, parent: default);
        span?.SetTag("slug.webhook", parcel.Webhook.Id.ToString()).SetTag("slug.delivery", parcel.Delivery.Id.ToString()).SetTag("slug.event", $"{parcel.Event.Include} {parcel.Event.Action}");
        var ended = await circuits.RunAsync(parcel.Webhook.Url.Target, stop => post.SendAsync(parcel, attempt, stop), stoppingToken);
        if (ended is CircuitResult.Tried(var result))
            span?.SetTag("http.response.status_code", (int?)result.Code).SetTag("error.type", result.Error).SetStatus(result.Succeeded ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        else
            span?.SetTag("error.type", "CircuitOpen").SetStatus(ActivityStatusCode.Error);
        return ended;
    }
}
