using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug builds</c>: an app's builds, and the way to end one.</summary>
internal static class BuildsCommand
{
    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string> build = new("BUILD") { Description = "A build's id, or an app's name for its latest build" };

    public static Command Create()
    {
        var cancel = new DocumentedCommand("cancel", "Cancel a build that waits or runs", "slug builds cancel hello") { build };
        cancel.Runs(CancelAsync);
        var command = new DocumentedCommand("builds", "List an app's builds, newest first", "slug builds hello", "slug builds hello --json")
        {
            app,
            SharedOptions.Json,
            cancel,
            CapsuleCommands.Shell(),
            CapsuleCommands.Rerun(),
        };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Builds(parse.GetRequiredValue(app));
        var builds = await client.GetAsync(route, ApiJson.Default.IReadOnlyListBuildView, cancellationToken);
        return Listing.Show(
            parse, builds, ApiJson.Default.IReadOnlyListBuildView, "there are no builds yet; a git push starts one",
            ["BUILD", "STATUS", "COMMIT", "DROPLET", "STARTED", "TOOK"],
            row =>
            [
                row.Id.ToString(), StatusOf(row), Wording.Commit(row.Commit), row.Droplet?.ToShortString() ?? "",
                Wording.Time(row.StartedAt), Wording.Duration(row.FinishedAt - row.StartedAt),
            ]);
    }

    private static async Task<int> CancelAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Cancel(parse.GetRequiredValue(build));
        var cancelled = await client.SendAsync(HttpMethod.Post, route, null, ApiJson.Default.BuildView, cancellationToken);
        Screen.Of(parse).Line($"Build {cancelled.Id} of {cancelled.App} is being cancelled.");
        return ExitCode.Ok;
    }

    private static string StatusOf(BuildView build) => build switch
    {
        { Test: true, ExitCode: { } exitCode } => exitCode == 0 ? "tests passed" : $"tests failed ({exitCode})",
        { Test: true } => $"tests {build.Status}",
        { Verification.Verdict: var verdict } => $"verified: {verdict.ToString().ToLowerInvariant()}",
        { Verifies: not null } => $"verification {build.Status}",
        { Cached: true } => $"{build.Status} (known)",
        { Phase: { } phase, Status: "failed" } => $"failed in {phase}",
        _ => build.Status,
    };
}
