using System.CommandLine;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Platform;
using Slug.Webhooks.Outgoing;

namespace Slug.Commands;

/// <summary><c>slug webhooks APP</c>: where an app's changes are told.</summary>
internal static class WebhooksCommand
{
    private static readonly Argument<string> app = SharedOptions.App();
    private static readonly Argument<string> url = new("URL") { Description = "Where to; https, or any address of a range of --fetch-allow" };
    private static readonly Argument<string> webhook = new("WEBHOOK") { Description = "Its id" };
    private static readonly Option<string[]> include = new("--include", "-i")
    {
        Description = "What is told: api:app, api:build, api:release; more than once, all of them where none is named",
        HelpName = "WHAT",
        DefaultValueFactory = _ => [.. Notice.Includes],
    };

    private static readonly Option<string> level = new("--level", "-l")
    {
        Description = "sync: tried for a day until it arrives, in order; notify: tried once",
        HelpName = "LEVEL",
        DefaultValueFactory = _ => WebhookLevel.Sync,
    };

    private static readonly Option<string?> secret = new("--secret", "-s") { Description = "What deliveries are signed with; one is made where none is named", HelpName = "SECRET" };
    private static readonly Option<string?> authorization = new("--authorization", "-t") { Description = "A header of that name for the receiver", HelpName = "VALUE" };

    public static Command Create()
    {
        var add = new DocumentedCommand(
            "add", "Tell an address of an app's changes", "slug webhooks hello add https://example.org/hooks", "slug webhooks hello add https://example.org/hooks --include api:release --level notify")
        {
            url, include, level, secret, authorization,
        };
        add.Runs(AddAsync);
        var remove = new DocumentedCommand("remove", "Tell it no more; what waits is dropped", "slug webhooks hello remove 0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c") { webhook };
        remove.Runs(RemoveAsync);
        var command = new DocumentedCommand("webhooks", "Show and change where an app's changes are told, and look at what was sent", "slug webhooks hello", "slug webhooks hello deliveries --failed")
        {
            app,
            SharedOptions.Json,
            add,
            remove,
            WebhookDeliveryCommands.Test(app, webhook),
            WebhookDeliveryCommands.Deliveries(app),
            WebhookDeliveryCommands.Redeliver(app),
        };
        command.Runs(ListAsync);
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var webhooks = await client.GetAsync(ServiceRoute.Webhooks(parse.GetRequiredValue(app)), PlatformJson.Default.IReadOnlyListWebhookResource, cancellationToken);
        return Listing.Show(
            parse, webhooks, PlatformJson.Default.IReadOnlyListWebhookResource, $"nobody is told; begin with: slug webhooks {parse.GetRequiredValue(app)} add URL",
            ["WEBHOOK", "LEVEL", "INCLUDES", "URL"],
            webhook => [webhook.Id.ToString(), webhook.Level, string.Join(' ', webhook.Include), webhook.Url]);
    }

    private static async Task<int> AddAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        var signing = parse.GetValue(secret) ?? Signatures.NewSecret();
        var request = new WebhookRequest(
            parse.GetValue(authorization), parse.GetRequiredValue(include), parse.GetRequiredValue(level), signing, parse.GetRequiredValue(url));
        var added = await client.SendAsync(
            HttpMethod.Post, ServiceRoute.Webhooks(parse.GetRequiredValue(app)), JsonContent.Create(request, PlatformJson.Default.WebhookRequest), PlatformJson.Default.WebhookResource, cancellationToken);
        var screen = Screen.Of(parse);
        screen.Line($"Added {added.Id}.");
        if (parse.GetValue(secret) is null)
            screen.Line($"Its deliveries are signed with this secret, which is not shown again: {signing}");
        return ExitCode.Ok;
    }

    private static async Task<int> RemoveAsync(ParseResult parse, CancellationToken cancellationToken)
    {
        using var client = ServiceClient.Of(parse);
        await client.DeleteAsync(ServiceRoute.Webhook(parse.GetRequiredValue(app), parse.GetRequiredValue(webhook)), cancellationToken);
        Screen.Of(parse).Line($"Removed {parse.GetRequiredValue(webhook)}.");
        return ExitCode.Ok;
    }
}
