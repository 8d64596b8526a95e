using System.CommandLine;
using Slug.Api;
using Slug.Commands.Images;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug droplets APP</c>: what pushes became, and the way to take it along.</summary>
internal static class DropletsCommand
{
    private const string StandardOutput = "-";

    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Option<string> file = new("--output", "-o")
    {
        Description = "Where to write it; - is standard output",
        HelpName = "FILE",
        DefaultValueFactory = _ => "slug.tgz",
    };

    public static Command Create()
    {
        var download = new DocumentedCommand(
            "download", "Download an app's current droplet as slug.tgz",
            "slug droplets download hello", "slug droplets download hello -o - | tar -tzf -") { app, file };
        download.Runs(DownloadAsync);
        var command = new DocumentedCommand(
            "droplets", "List an app's droplets, newest first; each release is an image, too",
            "slug droplets hello", "slug token | docker login 127.0.0.1:7070 --username slug --password-stdin", "docker run -e PORT=8080 -p 8080:8080 127.0.0.1:7070/hello:v7")
        {
            app, SharedOptions.Json, download, DropletPushCommand.Create(),
            DropletRecordCommands.Show(), DropletRecordCommands.Sbom(), DropletRecordCommands.Provenance(), SignatureCommands.Verify(), SignatureCommands.Key(),
        };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Droplets(parse.GetRequiredValue(app));
        var droplets = await client.GetAsync(route, ApiJson.Default.IReadOnlyListDropletView, cancellationToken);
        return Listing.Show(
            parse, droplets, ApiJson.Default.IReadOnlyListDropletView, "there are no droplets yet; a git push makes one",
            ["DROPLET", "RELEASE", "STATE", "SIZE", "STACK", "PROCESSES", "CREATED"],
            row =>
            [
                row.Digest.ToString(), Wording.Version(row.Release), row.Damaged ? "damaged" : "", Wording.Size(row.Size), row.Stack,
                string.Join(' ', row.Processes.Keys.Order(StringComparer.Ordinal)), Wording.Time(row.CreatedAt),
            ]);
    }

    private static async Task<int> DownloadAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        await using var body = await client.OpenAsync(ServiceRoute.Slug(parse.GetRequiredValue(app)), cancellationToken);
        var path = parse.GetRequiredValue(file);
        if (path == StandardOutput)
        {
            await using var output = Console.OpenStandardOutput();
            await body.CopyToAsync(output, cancellationToken);
            return ExitCode.Ok;
        }
        var size = await WholeFile.WriteAsync(path, body, cancellationToken);
        Screen.Of(parse).Line($"Wrote {path}, {Wording.Size(size)}.");
        return ExitCode.Ok;
    }
}
