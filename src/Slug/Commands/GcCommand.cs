using System.CommandLine;
using System.Globalization;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands;

/// <summary><c>slug gc</c>: the sweep that the service does every hour, now.</summary>
internal static class GcCommand
{
    // As many files as there are take their time.
    private static readonly TimeSpan patience = TimeSpan.FromMinutes(10);

    private static readonly Option<bool> dryRun = new("--dry-run") { Description = "Remove nothing; show what would go" };

    public static Command Create()
    {
        var command = new DocumentedCommand("gc", "Remove what is past its limit and what nothing refers to", "slug gc", "slug gc --dry-run") { dryRun, SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse, patience);
        var isDry = parse.GetValue(dryRun);
        var swept = await client.SendAsync(HttpMethod.Post, ServiceRoute.Sweep(isDry), null, ApiJson.Default.IReadOnlyListSwept, cancellationToken);
        if (parse.GetValue(SharedOptions.Json))
            Screen.Of(parse).Json(swept, ApiJson.Default.IReadOnlyListSwept);
        else
            Screen.Of(parse).Table(["KIND", isDry ? "WOULD GO" : "REMOVED", isDry ? "WOULD FREE" : "FREED"], [.. swept.Select(Row), Row(Total(swept))]);
        return ExitCode.Ok;
    }

    private static IReadOnlyList<string> Row(Swept swept) => [swept.Kind, swept.Count.ToString(CultureInfo.InvariantCulture), Wording.Size(swept.Bytes)];

    private static Swept Total(IReadOnlyList<Swept> swept) => new("total", swept.Sum(kind => kind.Count), swept.Sum(kind => kind.Bytes));
}
