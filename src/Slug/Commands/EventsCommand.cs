using System.CommandLine;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands;

/// <summary><c>slug events</c>: what happened, who did it, and what happens now.</summary>
internal static class EventsCommand
{
    private const int ShownDetail = 100;

    private static readonly Option<string?> app = new("--app") { Description = "Of one app alone", HelpName = "APP" };
    private static readonly Option<bool> follow = new("--follow", "-f") { Description = "Go on until it is stopped" };
    private static readonly Option<int> last = new("--last", "-n") { Description = "How many of those there were", HelpName = "N", DefaultValueFactory = _ => 100 };
    private static readonly Option<long?> after = new("--after") { Description = "All after this one; --json names each one's number", HelpName = "ID" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "events", "Show what happened: when, by whom, what", "slug events", "slug events --app hello --follow") { app, follow, last, after, SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var (screen, json) = (Screen.Of(parse), parse.GetValue(SharedOptions.Json));
        var had = parse.GetValue(after);
        var route = ServiceRoute.Events(parse.GetValue(app), parse.GetValue(last), had, parse.GetValue(follow));
        try
        {
            await using var body = await client.OpenAsync(route, cancellationToken);
            await foreach (var item in SseParser.Create(body, Read).EnumerateAsync(cancellationToken))
            {
                if (item.Data is not { } happened)
                    continue;
                screen.Line(json ? JsonSerializer.Serialize(happened, ApiJson.Default.HappenedEvent) : Line(happened));
                had = happened.Id;
            }

            return ExitCode.Ok;
        }
        catch (IOException exception)
        {
            throw CommandException.Failure($"SLUG8028: the events broke off ({exception.Message}); go on with: slug events --follow --after {had ?? 0}", exception);
        }
    }

    private static HappenedEvent? Read(string kind, ReadOnlySpan<byte> data) =>
        kind == EventEndpoints.Alive ? null : JsonSerializer.Deserialize(data, ApiJson.Default.HappenedEvent);

    private static string Line(HappenedEvent happened)
    {
        var line = new StringBuilder($"{Wording.Time(happened.At)}  {happened.By ?? "",-12}  {happened.Kind,-18}");
        foreach (var part in (string?[])[happened.App, happened.Subject, Short(happened.Detail)])
            if (part is not null)
                line.Append("  ").Append(part);
        return line.ToString();
    }

    // A bootstrap's report is a page of its own.
    private static string? Short(string? detail) => detail is { Length: > ShownDetail } ? $"{detail[..ShownDetail]}…" : detail;
}
