using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug cache APP</c>: what is kept between an app's builds, and the way to throw it away.</summary>
internal static class CacheCommand
{
    private static readonly Argument<string> app = SharedOptions.App();

    public static Command Create()
    {
        var show = new DocumentedCommand("show", "Show what is kept, for each stack", "slug cache hello show") { SharedOptions.Json };
        show.Runs(ShowAsync);
        var clear = new DocumentedCommand("clear", "Throw it away: the next build starts without", "slug cache hello clear") { SharedOptions.Json };
        clear.Runs(ClearAsync);
        var command = new DocumentedCommand("cache", "Show or clear what is kept between an app's builds", "slug cache hello", "slug cache hello clear")
        {
            app,
            SharedOptions.Json,
            show,
            clear,
        };
        command.Runs(ShowAsync);
        return command;
    }

    private static async Task<int> ShowAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var caches = await client.GetAsync(ServiceRoute.Cache(parse.GetRequiredValue(app)), ApiJson.Default.IReadOnlyListCacheView, cancellationToken);
        return Listing.Show(
            parse, caches, ApiJson.Default.IReadOnlyListCacheView, "nothing is kept; a build whose buildpack caches something keeps it",
            ["WHAT", "STACK", "SIZE", "BUILD", "KEPT"],
            cache => [cache.What, cache.Stack, Wording.Size(cache.Size), cache.Build.ToString(), Wording.Time(cache.CreatedAt)]);
    }

    private static async Task<int> ClearAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Cache(parse.GetRequiredValue(app));
        var cleared = await client.SendAsync(HttpMethod.Delete, route, null, ApiJson.Default.IReadOnlyListCacheView, cancellationToken);
        if (parse.GetValue(SharedOptions.Json))
            Screen.Of(parse).Json(cleared, ApiJson.Default.IReadOnlyListCacheView);
        else
            Screen.Of(parse).Line($"Cleared {Wording.Size(cleared.Sum(cache => cache.Size))}.");
        return ExitCode.Ok;
    }
}
