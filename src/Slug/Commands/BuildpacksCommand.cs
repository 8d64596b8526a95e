using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;

namespace Slug.Commands;

/// <summary><c>slug buildpacks APP</c>: shows and changes the buildpacks that are set for an app. They hold from the next push on.</summary>
internal static class BuildpacksCommand
{
    private const string None = "none is set: app.json or .buildpacks choose, or the first built-in one that knows the app";

    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string[]> several = new("BUILDPACK")
    {
        Description = "A built-in one's name, a git URL with #REF, a .tgz's URL, or ./FOLDER of the app",
        Arity = ArgumentArity.OneOrMore,
    };
    private static readonly Argument<string> one = new("BUILDPACK") { Description = "As it is listed" };

    public static Command Create()
    {
        var command = new DocumentedCommand(
            "buildpacks", "Show, set, add, remove and clear the buildpacks of an app",
            "slug buildpacks hello", "slug buildpacks hello set nodejs static", "slug buildpacks hello add https://example.org/buildpack.git#v2")
        {
            app,
            SharedOptions.Json,
            Changing("set", "Set an app's buildpacks, in the order they compile", "slug buildpacks hello set nodejs static", several, HttpMethod.Put),
            Changing("add", "Add buildpacks after those that are set", "slug buildpacks hello add https://example.org/buildpack.tgz", several, HttpMethod.Post),
            Removing(),
            Clearing(),
        };
        command.Runs((parse, cancellationToken) => SendAsync(parse, HttpMethod.Get, ServiceRoute.Buildpacks, null, cancellationToken));
        return command;
    }

    private static DocumentedCommand Changing(string name, string description, string example, Argument<string[]> named, HttpMethod method)
    {
        var command = new DocumentedCommand(name, description, example) { named, SharedOptions.Json };
        command.Runs((parse, cancellationToken) => SendAsync(
            parse, method, ServiceRoute.Buildpacks, Body(parse.GetRequiredValue(named)), cancellationToken));
        return command;
    }

    private static DocumentedCommand Removing()
    {
        var command = new DocumentedCommand("remove", "Remove one of the buildpacks that are set", "slug buildpacks hello remove static") { one, SharedOptions.Json };
        command.Runs((parse, cancellationToken) => SendAsync(
            parse, HttpMethod.Delete, name => ServiceRoute.Buildpack(name, parse.GetRequiredValue(one)), null, cancellationToken));
        return command;
    }

    private static DocumentedCommand Clearing()
    {
        var command = new DocumentedCommand("clear", "Remove all buildpacks that are set", "slug buildpacks hello clear") { SharedOptions.Json };
        command.Runs((parse, cancellationToken) => SendAsync(parse, HttpMethod.Put, ServiceRoute.Buildpacks, Body([]), cancellationToken));
        return command;
    }

    private static JsonContent Body(IReadOnlyList<string> named) => JsonContent.Create(named, ApiJson.Default.IReadOnlyListString);

    private static async Task<int> SendAsync(
        ParseResult parse, HttpMethod method, Func<string, string> route, HttpContent? body, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var set = await client.SendAsync(method, route(parse.GetRequiredValue(app)), body, ApiJson.Default.IReadOnlyListString, cancellationToken);
        return Listing.Show(parse, set, ApiJson.Default.IReadOnlyListString, None, ["BUILDPACK"], buildpack => [buildpack]);
    }
}
