using System.CommandLine;
using System.Text.Json;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands;

/// <summary><c>slug fsck</c>: whether all that is stored is what it was.</summary>
internal static class FsckCommand
{
    // Who waits longer wants to see that it goes on.
    private static readonly TimeSpan interval = TimeSpan.FromSeconds(2);

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "fsck", "Check every stored file against its digest, and that droplets have all of theirs", "slug fsck", "slug fsck --json") { SharedOptions.Json };
        command.Runs(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var (screen, json) = (Screen.Of(parse), parse.GetValue(SharedOptions.Json));
        using var lines = new StreamReader(await client.OpenAsync(HttpMethod.Post, ServiceRoute.Check, cancellationToken));
        var (progress, damaged, told) = (new CheckProgress(), new List<DamagedFile>(), TimeProvider.System.GetTimestamp());
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            progress = JsonSerializer.Deserialize(line, ApiJson.Default.CheckProgress)!;
            if (progress.Found is { } file)
            {
                damaged.Add(file);
                if (!json)
                    Tell(screen, file);
            }

            if (TimeProvider.System.GetElapsedTime(told) > interval)
            {
                screen.Remark($"{progress.Files} of {progress.AllFiles} files, {Wording.Size(progress.Bytes)} of {Wording.Size(progress.AllBytes)}");
                told = TimeProvider.System.GetTimestamp();
            }
        }

        if (json)
            screen.Json(new CheckReport(progress.Files, progress.Bytes, damaged), ApiJson.Default.CheckReport);
        if (damaged.Count > 0)
            throw CommandException.Failure($"SLUG4482: {damaged.Count} of {progress.Files} stored files are damaged; make them again as said of each, then look again: slug fsck");
        if (!json)
            screen.Line($"Checked {progress.Files} files, {Wording.Size(progress.Bytes)}: all whole.");
        return ExitCode.Ok;
    }

    private static void Tell(Screen screen, DamagedFile file)
    {
        screen.Line($"{file.Kind} {file.Digest} is {(file.Gone ? "gone" : "damaged")}: {file.Path}");
        foreach (var use in file.Uses)
        {
            screen.Line($"       {use.Whose}");
            screen.Line($"       make it again: {use.Remedy}");
        }
    }
}
