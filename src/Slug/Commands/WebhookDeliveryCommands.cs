using System.CommandLine;
using System.Globalization;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Platform;
using Slug.Webhooks.Outgoing;

namespace Slug.Commands;

/// <summary><c>slug webhooks APP deliveries</c>, <c>redeliver</c> and <c>test</c>: what was sent, and the ways to have it sent.</summary>
internal static class WebhookDeliveryCommands
{
    private static readonly Argument<string> delivery = new("DELIVERY") { Description = "Its id, as 'deliveries' lists it" };
    private static readonly Option<bool> failed = new("--failed") { Description = "Those alone that were given up" };

    public static Command Deliveries(Argument<string> app)
    {
        var command = new DocumentedCommand("deliveries", "Show what was sent and what became of it, the oldest first", "slug webhooks hello deliveries", "slug webhooks hello deliveries --failed") { failed, SharedOptions.Json };
        command.Runs(async (parse, cancellationToken) =>
        {
            using var client = ServiceClient.Of(parse);
            var route = ServiceRoute.WebhookDeliveries(parse.GetRequiredValue(app), parse.GetValue(failed) ? DeliveryStatus.Failed : null);
            var deliveries = await client.GetAsync(route, PlatformJson.Default.IReadOnlyListDeliveryResource, cancellationToken);
            return Listing.Show(
                parse, deliveries, PlatformJson.Default.IReadOnlyListDeliveryResource, "there are none",
                ["DELIVERY", "CREATED", "WHAT", "STATUS", "ATTEMPTS", "LAST", "NEXT"],
                delivery =>
                [
                    delivery.Id.ToString(), Wording.Time(delivery.CreatedAt), delivery.Event.Include, delivery.Status, delivery.NumAttempts.ToString(CultureInfo.InvariantCulture),
                    delivery.LastAttempt is { } last ? last.Code?.ToString(CultureInfo.InvariantCulture) ?? last.ErrorClass ?? "" : "",
                    delivery.NextAttemptAt is { } next ? Wording.Time(next) : "",
                ]);
        });
        return command;
    }

    public static Command Redeliver(Argument<string> app) =>
        Posting("redeliver", "Send a delivery again, whatever became of it", "slug webhooks hello redeliver 0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c", app, delivery, ServiceRoute.Redelivery);

    public static Command Test(Argument<string> app, Argument<string> webhook) =>
        Posting("test", "Send a delivery that tells of nothing, to try a webhook", "slug webhooks hello test 0198c5b4-5d3c-7c4e-9b1a-2f6d8e0a1b2c", app, webhook, ServiceRoute.WebhookTest);

    private static DocumentedCommand Posting(string name, string description, string example, Argument<string> app, Argument<string> of, Func<string, string, string> route)
    {
        var command = new DocumentedCommand(name, description, example) { of };
        command.Runs(async (parse, cancellationToken) =>
        {
            using var client = ServiceClient.Of(parse);
            await client.PostAsync(route(parse.GetRequiredValue(app), parse.GetRequiredValue(of)), null, cancellationToken);
            Screen.Of(parse).Line($"It is on its way. How it ends: slug webhooks {parse.GetRequiredValue(app)} deliveries");
            return ExitCode.Ok;
        });
        return command;
    }
}
