namespace Slug.Hosting;

/// <summary>Sweeps at start and every hour.</summary>
internal sealed class RetentionSweep(Retention retention, TimeProvider time, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                foreach (var swept in (await retention.SweepAsync(rehearse: false, Events.Itself, stoppingToken)).Where(swept => swept.Count > 0))
                    log.Swept(swept.Count, swept.Kind, swept.Bytes);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                log.SweepFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
