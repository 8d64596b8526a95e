using Slug.Engines;

namespace Slug.Builds;

/// <summary>Lets no capsule grow much older than it may, also where no build fails any more.</summary>
internal sealed partial class CapsuleSweep(FailureCapsules capsules, TimeProvider time, ILogger<CapsuleSweep> log) : BackgroundService
{
    private static readonly TimeSpan interval = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(interval, time);
        do
        {
            try
            {
                await capsules.SweepAsync(stoppingToken);
            }
            catch (EngineException exception)
            {
                NotSwept(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Capsules of failed builds were not swept; tried again in an hour")]
    private partial void NotSwept(Exception exception);
}
