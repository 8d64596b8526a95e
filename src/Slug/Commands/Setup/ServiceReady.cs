using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Setup;

/// <summary>Sees to it that a healthy service of this program's version runs on a data directory.</summary>
internal sealed class ServiceReady(DataDirectory data, Steps steps)
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(60);

    /// <returns>What to say of it.</returns>
    public async Task<string> EnsureAsync(int? port, CancellationToken cancellationToken)
    {
        if (RunningService.Find(data) is { } running)
        {
            if (await ReasonToRestartAsync(running, port, cancellationToken) is not { } reason)
                return $"runs and is healthy (pid {running.Pid})";
            steps.Report($"{reason}: restarting it");
            await running.StopAsync(grace, cancellationToken);
            port ??= running.Url.Port;
        }
        var service = await new ServiceStart(data, TimeProvider.System).RunAsync(port, cancellationToken);
        return $"ready at {service.Url} (pid {service.Pid})";
    }

    private static async Task<string?> ReasonToRestartAsync(RunningService running, int? port, CancellationToken cancellationToken)
    {
        if (running.IsOutdated)
            return "the program is newer than the running service";
        if (port is > 0 && port != running.Url.Port)
            return $"it listens on port {running.Url.Port}";
        return await running.IsHealthyAsync(cancellationToken) ? null : "it does not answer";
    }
}
