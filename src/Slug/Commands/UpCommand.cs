using System.CommandLine;
using Slug.Commands.Services;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug up</c>: from a bare machine to a first droplet that answers. Every step may have been done before.</summary>
internal static class UpCommand
{
    private static readonly ServeSetting port = ServeSettings.All.Single(setting => setting.Key == ServeSettings.PortKey);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "up", "Install what is missing, start the service, and push a first app to it", "slug up", "slug up --port 8080 --data /srv/slug") { port.Option };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var data = SharedOptions.DataOf(parse);
        var screen = Screen.Of(parse);
        var steps = new Steps(screen.Output, TimeProvider.System);
        using var workplace = Workplace.Of(data);
        await new MachineSetup(workplace, data.Temporary, steps).RunAsync(cancellationToken);
        await steps.RunAsync("Service", () => new ServiceReady(data, steps).EnsureAsync(PortOf(parse), cancellationToken));

        var address = ServiceAddress.Find(data, _ => null);
        using var client = new ServiceClient(address);
        await steps.RunAsync($"Pushing {FirstPush.App}", () => new FirstPush(data, address, steps).RunAsync(FirstPush.App, cancellationToken));
        await steps.RunAsync($"Starting {FirstPush.App}", () => new FirstPage(workplace.Engine, client, steps).FetchAsync(FirstPush.App, cancellationToken));
        Welcome.Show(screen, address, data);
        return ExitCode.Ok;
    }

    private static int? PortOf(ParseResult parse) => port.Read(parse, Environment.GetEnvironmentVariable) switch
    {
        { Mistake: { } mistake } => throw CommandException.Usage(mistake),
        { Value: { } value } => int.Parse(value, System.Globalization.CultureInfo.InvariantCulture),
        _ => null,
    };
}
