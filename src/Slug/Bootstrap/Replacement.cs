using Slug.Api;
using Slug.Commands;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>
/// Puts another program in the place of the running one: running builds end, pushes wait, the state is backed up, the new one
/// must show that it is well before it takes a push, and the old one comes back where it does not.
/// </summary>
internal sealed class Replacement(DataDirectory data, Steps steps, TimeProvider time)
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan drainPatience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);

    /// <exception cref="CommandException">The new program is not well; the old one runs again.</exception>
    public async Task RunAsync(RunningService running, SelfProgram program, CancellationToken cancellationToken)
    {
        var old = ServiceProcess.Of(running);
        await DrainAsync(cancellationToken);
        // From here on nothing ends this half-way: either program must run at the end of it.
        var backup = await StopAsync(running);
        if (await FailureOfAsync(old.With(program)) is { } failure)
        {
            await ReturnAsync(old, backup);
            throw CommandException.Failure($"SLUG9822: the new version is not well and was taken back; the old one runs. What it said:\n{failure}");
        }

        program.Announce(data);
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        using var client = Client();
        try
        {
            await steps.RunAsync("Holding pushes back until running builds have ended", async () =>
            {
                await client.PostAsync("slug/intake/close", null, cancellationToken);
                var state = await EndedAsync(client, cancellationToken);
                return $"no build runs, {state.Waiting} pushes wait";
            });
        }
        catch
        {
            await client.PostAsync("slug/intake/open", null, CancellationToken.None);
            throw;
        }
    }

    private async Task<IntakeState> EndedAsync(ServiceClient client, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var state = await client.GetAsync("slug/intake", ApiJson.Default.IntakeState, cancellationToken);
            if (state.UnderWay == 0)
                return state;
            if (time.GetElapsedTime(started) > drainPatience)
                throw CommandException.Failure(
                    $"SLUG9823: {state.UnderWay} builds still run after {drainPatience.TotalMinutes:0} min; nothing was changed, pushes go on; cancel them, or try again later");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private async Task<StateBackup> StopAsync(RunningService running)
    {
        StateBackup? backup = null;
        await steps.RunAsync("Stopping the old version", async () =>
        {
            await running.StopAsync(grace, CancellationToken.None);
            backup = StateBackup.Take(data, time);
            return $"stopped; its state is kept in {backup.Folder}";
        });
        return backup!;
    }

    /// <returns>Null where it is well and takes pushes.</returns>
    private async Task<string?> FailureOfAsync(ServiceProcess next)
    {
        string? failure = null;
        await steps.RunAsync("Starting the new version", async () =>
        {
            try
            {
                var service = await new ServiceStart(data, time).RunAsync(next.ToChild(IntakeStart.Closed), CancellationToken.None);
                using var client = Client();
                var status = await client.GetAsync(ServiceRoute.Status, ApiJson.Default.StatusView, CancellationToken.None);
                failure = MistakeIn(status);
                if (failure is not null)
                    await service.StopAsync(grace, CancellationToken.None);
                else
                    await client.PostAsync("slug/intake/open", null, CancellationToken.None);
                return failure is null ? $"well at {service.Url} (pid {service.Pid}); pushes go on" : "not well";
            }
            catch (CommandException exception)
            {
                failure = exception.Message;
                return "it did not start";
            }
        });
        return failure;
    }

    private static string? MistakeIn(StatusView status) => status switch
    {
        { Engine: null } => "it does not reach the Docker engine",
        { Stack: null } => "it does not find the stack",
        _ => null,
    };

    private Task ReturnAsync(ServiceProcess old, StateBackup backup) =>
        steps.RunAsync("Going back to the old version", async () =>
        {
            backup.Restore();
            var service = await new ServiceStart(data, time).RunAsync(old.ToChild(IntakeStart.Open), CancellationToken.None);
            return $"runs at {service.Url} (pid {service.Pid})";
        });

    private ServiceClient Client() => new(ServiceAddress.Find(data, _ => null));
}
