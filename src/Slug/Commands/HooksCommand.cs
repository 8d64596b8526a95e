using System.CommandLine;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Commands.Terminals;

namespace Slug.Commands;

/// <summary><c>slug hooks APP</c>: by what forges ask for builds of an app.</summary>
internal static class HooksCommand
{
    private const int CommitDigits = 8;

    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string> forge = new("FORGE") { Description = "Who sends: github, gitlab, gitea (Forgejo too), bitbucket, bitbucket-dc (Data Center), or plain for a script" };
    private static readonly Argument<string> hook = new("HOOK") { Description = "As it is listed" };
    private static readonly Option<string?> name = new("--name") { Description = "What events call it, and its address ends in (default: the forge's)" };
    private static readonly Option<string?> branch = new("--branch") { Description = "The branch that builds (default main)" };
    private static readonly Option<string[]> urls = new("--url") { Description = "Where the repository is fetched from; more than once where it has several", HelpName = "URL", Required = true };
    private static readonly Option<string?> secret = new("--secret") { Description = "What the forge signs with (default: one is made and shown this once); - reads it", HelpName = "TEXT" };
    private static readonly Option<string?> login = new("--login") { Description = "The user that goes with --token (default: what the forge takes)", HelpName = "USER" };
    private static readonly Option<string?> token = new("--token") { Description = "Fetches a repository that is not public; - reads it from standard input", HelpName = "TOKEN" };
    private static readonly Option<string?> statusToken = new("--status-token") { Description = "Tells the forge of builds, by statuses of commits; - reads it", HelpName = "TOKEN" };
    private static readonly Option<string?> api = new("--api") { Description = "Where the forge's API is (default: as follows from --url)", HelpName = "URL" };

    public static Command Create()
    {
        var add = new DocumentedCommand(
            "add", "Make a hook; what the forge is to be told is shown",
            "slug hooks hello add github --url https://github.com/me/hello.git", "slug hooks hello add gitlab --url https://gitlab.example/me/hello.git --branch release --token - --status-token glpat-…")
        {
            forge, urls, branch, name, secret, login, token, statusToken, api, SharedOptions.Json,
        };
        add.Runs(AddAsync);
        var remove = new DocumentedCommand("remove", "Remove a hook: what comes by it is refused from then on", "slug hooks hello remove github") { hook };
        remove.Runs(RemoveAsync);
        var deliveries = new DocumentedCommand("deliveries", "What came by a hook, and what became of it", "slug hooks hello deliveries github") { hook, SharedOptions.Json };
        deliveries.Runs(ListDeliveriesAsync);
        var command = new DocumentedCommand(
            "hooks", "List, make and remove the webhooks that build an app", "slug hooks hello", "slug hooks hello add github --url https://github.com/me/hello.git") { app, SharedOptions.Json, add, remove, deliveries };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var hooks = await client.GetAsync(ServiceRoute.Hooks(parse.GetRequiredValue(app)), ApiJson.Default.IReadOnlyListHookView, cancellationToken);
        return Listing.Show(
            parse, hooks, ApiJson.Default.IReadOnlyListHookView, "there are no hooks",
            ["NAME", "FORGE", "BRANCH", "REPOSITORY", "ADDRESS", "TELLS FORGE"],
            hook => [hook.Name, hook.Forge, hook.Branch, string.Join(' ', hook.Urls), hook.Path, hook.TellsForge ? "yes" : "no"]);
    }

    private static async Task<int> AddAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var request = new NewHookRequest
        {
            Forge = parse.GetRequiredValue(forge),
            Name = parse.GetValue(name),
            Branch = parse.GetValue(branch),
            Urls = parse.GetRequiredValue(urls),
            Secret = Read(parse, secret),
            Login = parse.GetValue(login),
            Token = Read(parse, token),
            StatusToken = Read(parse, statusToken),
            Api = parse.GetValue(api),
        };
        var made = await client.SendAsync(
            HttpMethod.Post, ServiceRoute.Hooks(parse.GetRequiredValue(app)), JsonContent.Create(request, ApiJson.Default.NewHookRequest), ApiJson.Default.NewHookView, cancellationToken);
        var screen = Screen.Of(parse);
        if (parse.GetValue(SharedOptions.Json))
            screen.Json(made, ApiJson.Default.NewHookView);
        else
            screen.Facts([("Address", $"{client.Address}{made.Hook.Path[1..]} (or by the name that the forge reaches this service by)"), ("Secret", $"{made.Secret} (shown this once)"), ("Sends", "pushes, as JSON")]);
        return ExitCode.Ok;
    }

    // What stands in a command line is seen by others on this machine.
    private static string? Read(ParseResult parse, Option<string?> option) =>
        parse.GetValue(option) is not "-" ? parse.GetValue(option)
        : Console.In.ReadLine() is { Length: > 0 } line ? line
        : throw CommandException.Usage($"SLUG8045: {option.Name} is to be read, and standard input has no line for it; expected one line for each option that is '-': --secret, --token, --status-token, in this order");

    private static async Task<int> RemoveAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        await client.DeleteAsync(ServiceRoute.Hook(parse.GetRequiredValue(app), parse.GetRequiredValue(hook)), cancellationToken);
        Screen.Of(parse).Line($"Removed {parse.GetRequiredValue(hook)}.");
        return ExitCode.Ok;
    }

    private static async Task<int> ListDeliveriesAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var route = ServiceRoute.Deliveries(parse.GetRequiredValue(app), parse.GetRequiredValue(hook));
        var deliveries = await client.GetAsync(route, ApiJson.Default.IReadOnlyListDeliveryView, cancellationToken);
        return Listing.Show(
            parse, deliveries, ApiJson.Default.IReadOnlyListDeliveryView, "nothing came yet",
            ["RECEIVED", "DELIVERY", "COMMIT", "STATUS", "BUILD", "FORGE WAS TOLD", "WHY"],
            delivery =>
            [
                Wording.Time(delivery.ReceivedAt), delivery.Key, delivery.Commit?[..CommitDigits] ?? "", delivery.Status, delivery.Build?.ToString() ?? "", delivery.Told ?? "nothing", delivery.Reason ?? "",
            ]);
    }
}
