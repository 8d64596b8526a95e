using System.CommandLine;
using System.Text.Json;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Verifications;

namespace Slug.Commands;

/// <summary><c>slug verify APP|DROPLET</c>: makes a droplet again from its record, and says what differs.</summary>
internal static class VerifyCommand
{
    private static readonly Argument<string> name = new("APP|DROPLET") { Description = "An app's name, for its current droplet; APP@v7 for another release's; or a droplet's digest or its first digits" };
    private static readonly Option<bool> verbose = new("--verbose") { Description = "The whole log of the rebuild, not its headings alone" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "verify",
            $"Make a droplet again from its record alone, and compare byte for byte; ends with 0 where the two are the same, 1 where they differ, {ExitCode.Unverifiable} where it cannot be made again",
            "slug verify hello", "slug verify hello --verbose", "slug verify sha256:1a2b3c… --json") { name, verbose, SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        using var log = new StreamReader(await OpenAsync(client, ServiceRoute.Verifications(parse.GetRequiredValue(name)), cancellationToken));
        var (screen, json) = (Screen.Of(parse), parse.GetValue(SharedOptions.Json));
        while (await log.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.StartsWith(LogAnswer.EndMark))
                return End(screen, json, JsonSerializer.Deserialize(line.AsSpan(1), VerificationJson.Default.VerificationReport)!);
            if (!json && (parse.GetValue(verbose) || IsHeading(line)))
                screen.Line(line);
        }

        throw CommandException.Failure("SLUG4189: the service went away before the droplet was made again; look at service.log in its data directory, then try again");
    }

    // Of what the service refuses, nothing says that the droplet differs.
    private static async Task<Stream> OpenAsync(ServiceClient client, string route, CancellationToken cancellationToken)
    {
        try
        {
            return await client.OpenAsync(HttpMethod.Post, route, cancellationToken);
        }
        catch (CommandException refused) when (refused.ExitCode == ExitCode.UserError)
        {
            throw new CommandException(refused.Message, ExitCode.Unverifiable, refused);
        }
    }

    private static bool IsHeading(string line) => line.StartsWith("-----> ", StringComparison.Ordinal) || line.StartsWith(" !     ", StringComparison.Ordinal);

    private static int End(Screen screen, bool json, VerificationReport report)
    {
        if (json)
            screen.Json(report, VerificationJson.Default.VerificationReport);
        return report.Verdict switch
        {
            Verdict.Identical => ExitCode.Ok,
            Verdict.Different => ExitCode.UserError,
            _ => ExitCode.Unverifiable,
        };
    }
}
