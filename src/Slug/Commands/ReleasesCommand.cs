using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug releases APP</c>: what an app was and is.</summary>
internal static class ReleasesCommand
{
    private static readonly Argument<string> app = SharedOptions.App();

    public static Command Create()
    {
        var command = new DocumentedCommand("releases", "List an app's releases, newest first", "slug releases hello") { app, SharedOptions.Json };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Releases(parse.GetRequiredValue(app));
        var releases = await client.GetAsync(route, ApiJson.Default.IReadOnlyListReleaseView, cancellationToken);
        return Listing.Show(
            parse, releases, ApiJson.Default.IReadOnlyListReleaseView, "there are no releases yet; a git push makes one",
            ["RELEASE", "DESCRIPTION", "COMMIT", "DROPLET", "CREATED"],
            row =>
            [
                Wording.Version(row.Version), row.Description, Wording.Commit(row.Commit),
                $"{row.Droplet?.ToShortString()}{(row.Damaged ? " (damaged)" : "")}", Wording.Time(row.CreatedAt),
            ]);
    }
}
