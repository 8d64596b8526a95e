using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug apps</c>: list, create, set, destroy.</summary>
internal static class AppsCommand
{
    private static readonly Argument<string> name = new("NAME") { Description = "Small letters, digits and dashes" };
    private static readonly Option<bool> yes = new("--yes") { Description = "Do not ask" };

    private static readonly Option<string> folder = new("--dir")
    {
        Description = "The folder of the repository that is the app; . is the whole repository",
        HelpName = "PATH",
        Required = true,
    };

    public static Command Create()
    {
        var create = new DocumentedCommand("create", "Create an app; a first push does it too", "slug apps create hello") { name };
        create.Runs(CreateAsync);
        var set = new DocumentedCommand(
            "set", "Set what of an app's repository is built", "slug apps set web --dir apps/web", "slug apps set web --dir .") { name, folder };
        set.Runs(SetAsync);
        var destroy = new DocumentedCommand(
            "destroy", "Destroy an app: its repository, builds, droplets and config", "slug apps destroy hello --yes") { name, yes };
        destroy.Runs(DestroyAsync);
        var command = new DocumentedCommand("apps", "List, create, change and destroy apps", "slug apps", "slug apps create hello") { SharedOptions.Json, create, set, destroy };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var apps = await client.GetAsync(ServiceRoute.Apps, ApiJson.Default.IReadOnlyListAppView, cancellationToken);
        return Listing.Show(
            parse, apps, ApiJson.Default.IReadOnlyListAppView, "there are no apps yet; a git push makes one",
            ["NAME", "RELEASE", "LAST BUILD", "CREATED"],
            app => [app.Name, Wording.Version(app.Release), app.LastBuildStatus ?? "", Wording.Time(app.CreatedAt)]);
    }

    private static async Task<int> CreateAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var address = ServiceAddress.Find(SharedOptions.DataOf(parse), Environment.GetEnvironmentVariable);
        using var client = new ServiceClient(address);
        var body = JsonContent.Create(new(parse.GetRequiredValue(name)), ApiJson.Default.NewAppRequest);
        var app = await client.SendAsync(HttpMethod.Post, ServiceRoute.Apps, body, ApiJson.Default.AppView, cancellationToken);
        Screen.Of(parse).Line($"Created {app.Name}. Push to it: git push {address.RepositoryOf(app.Name)} main");
        return ExitCode.Ok;
    }

    private static async Task<int> SetAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var body = JsonContent.Create(new(parse.GetRequiredValue(folder)), ApiJson.Default.AppChanges);
        var app = await client.SendAsync(HttpMethod.Patch, ServiceRoute.App(parse.GetRequiredValue(name)), body, ApiJson.Default.AppView, cancellationToken);
        Screen.Of(parse).Line($"{app.Name} is built from {(app.Dir is { } dir ? $"the folder {dir}" : "the whole repository")}.");
        return ExitCode.Ok;
    }

    private static async Task<int> DestroyAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        var app = parse.GetRequiredValue(name);
        using var client = ServiceClient.Of(parse);
        if (!parse.GetValue(yes))
            await Confirmation.AskAsync(Screen.Of(parse), $"This destroys {app}: its repository, builds, droplets and config.", app, cancellationToken);
        await client.DeleteAsync(ServiceRoute.App(app), cancellationToken);
        Screen.Of(parse).Line($"Destroyed {app}.");
        return ExitCode.Ok;
    }
}
