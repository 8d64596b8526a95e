using System.CommandLine;
using Slug.Commands.Services;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug down</c>: stops the service; with <c>--purge</c> nothing of it is left.</summary>
internal static class DownCommand
{
    // Running builds are ended politely first.
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(60);
    private static readonly Option<bool> purge = new("--purge") { Description = "Remove its containers, networks, images and data as well" };

    public static Command Create()
    {
        var command = new DocumentedCommand("down", "Stop the service", "slug down", "slug down --purge --data /srv/slug") { purge };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var data = SharedOptions.DataOf(parse);
        var steps = new Steps(Screen.Of(parse).Output, TimeProvider.System);
        await steps.RunAsync($"Stopping the service on {data.Root}", async () =>
            RunningService.Find(data) is not { } service ? "none runs"
            : await service.StopAsync(grace, cancellationToken) ? $"stopped (pid {service.Pid})"
            : $"killed (pid {service.Pid}): it did not stop within {grace.TotalSeconds:0} s");
        if (parse.GetValue(purge))
            await steps.RunAsync("Removing what it made", () => new Purge(data, steps).RunAsync(cancellationToken));
        return ExitCode.Ok;
    }
}
