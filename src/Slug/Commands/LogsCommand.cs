using System.CommandLine;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug logs BUILD</c>: a build's log, whole or as it grows.</summary>
internal static class LogsCommand
{
    private static readonly Argument<string> build = new("BUILD") { Description = "A build's id, or an app's name for its latest build" };
    private static readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on until the build has ended" };

    public static Command Create()
    {
        var command = new DocumentedCommand("logs", "Show the log of a build", "slug logs hello", "slug logs hello --follow") { build, follow };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var screen = Screen.Of(parse);
        var route = ServiceRoute.Log(parse.GetRequiredValue(build), parse.GetValue(follow));
        using var log = new StreamReader(await client.OpenAsync(route, cancellationToken));
        while (await log.ReadLineAsync(cancellationToken) is { } line)
            screen.Line(line);
        return ExitCode.Ok;
    }
}
