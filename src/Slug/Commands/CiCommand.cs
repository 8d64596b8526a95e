using System.CommandLine;
using System.Globalization;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug ci APP</c>: runs an app's tests in a build container, and ends as they do.</summary>
internal static class CiCommand
{
    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Option<string?> commit = new("--commit") { Description = "A commit that was pushed (default: the deploy branch's)", HelpName = "COMMIT" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "ci", "Run an app's tests as its buildpacks say; ends with their exit code", "slug ci hello", "slug ci hello --commit 1a2b3c4") { app, commit };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Tests(parse.GetRequiredValue(app), parse.GetValue(commit));
        using var log = new StreamReader(await client.OpenAsync(HttpMethod.Post, route, cancellationToken));
        var screen = Screen.Of(parse);
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(LogAnswer.EndMark))
                return int.Parse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture);
            screen.Line(line);
        }

        return ExitCode.UserError;
    }
}
