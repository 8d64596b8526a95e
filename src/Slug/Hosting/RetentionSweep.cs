namespace Slug.Hosting;

/// <summary>Sweeps at start and every hour.</summary>
internal sealed partial class RetentionSweep(Retention retention, TimeProvider time, ILogger<RetentionSweep> log) : BackgroundService
{
    private static readonly TimeSpan interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                foreach (var swept in (await retention.SweepAsync(rehearse: false, stoppingToken)).Where(swept => swept.Count > 0))
                    Removed(swept.Count, swept.Kind, swept.Bytes);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                NotSwept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Swept {Count} {Kind}, {Bytes} bytes")]
    private partial void Removed(int count, string kind, long bytes);

    [LoggerMessage(Level = LogLevel.Error, Message = "The sweep failed; tried again in an hour")]
    private partial void NotSwept(Exception exception);
}
