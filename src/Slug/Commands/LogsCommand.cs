using System.CommandLine;
using System.Globalization;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug logs BUILD</c>: a build's log, whole or as it grows, from its first line or from any other.</summary>
internal static class LogsCommand
{
    private static readonly Argument<string> build = new("BUILD") { Description = "A build's id, or an app's name for its latest build" };
    private static readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on until the build has ended" };
    private static readonly Option<int> from = new("--from")
    {
        Description = "The line to begin with; the first is 1, the default",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "logs", "Show the log of a build", "slug logs hello", "slug logs hello --follow", "slug logs hello --follow --from 120") { build, follow, from };
        from.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(int.TryParse(token.Value, CultureInfo.InvariantCulture, out var line) && line >= 1))
                result.AddError($"{UsageErrors.Code}--from is '{token.Value}'; expected a line's number, from 1");
        });
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var screen = Screen.Of(parse);
        var (name, next) = (parse.GetRequiredValue(build), parse.GetValue(from));
        try
        {
            using var log = new StreamReader(await client.OpenAsync(ServiceRoute.Log(name, parse.GetValue(follow), next - 1), cancellationToken));
            for (; await log.ReadLineAsync(cancellationToken) is { } line; next++)
                screen.Line(line);
            return ExitCode.Ok;
        }
        catch (IOException exception)
        {
            throw CommandException.Failure($"SLUG3310: the log broke off before line {next} ({exception.Message}); go on with: slug logs {name} --follow --from {next}", exception);
        }
    }
}
