using System.CommandLine;
using System.Globalization;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug status</c>: the service at a glance.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new DocumentedCommand("status", "Show what the service is and does", "slug status", "slug status --json") { SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var status = await client.GetAsync(ServiceRoute.Status, ApiJson.Default.StatusView, cancellationToken);
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(status, ApiJson.Default.StatusView);
        else
            screen.Facts(FactsOf(status));
        return ExitCode.Ok;
    }

    private static IEnumerable<(string Name, string Value)> FactsOf(StatusView status) =>
    [
        ("Service", $"{status.Url} (version {status.Version}, instance {status.Instance})"),
        ("Data", status.Data),
        ("Disk", string.Join(", ", status.Disk.Select(kind => $"{kind.Kind} {Wording.Size(kind.Bytes)}"))),
        ("Started", Wording.Time(status.StartedAt)),
        ("Apps", status.Apps.ToString(CultureInfo.InvariantCulture)),
        ("Builds", $"{status.BuildsRunning} running, {status.BuildsQueued} queued, {status.BuildsAtOnce} at once"),
        .. status.DamagedDroplets is 0 ? [] : ((string, string)[])[("Damaged", $"{status.DamagedDroplets} droplets; which, and how to make them again: slug fsck")],
        ("Engine", status.Engine is { } engine ? $"Docker {engine}" : "does not answer; start it with: ./slug up"),
        ("Stack", status.Stack ?? "not built; build it with: slug stacks build"),
    ];
}
