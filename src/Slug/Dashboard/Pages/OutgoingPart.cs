using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Webhooks.Outgoing;

namespace Slug.Dashboard.Pages;

/// <summary>Where an app's changes are told, and how that went.</summary>
internal static class OutgoingPart
{
    private const int Shown = 50;

    /// <param name="app">Whose.</param>
    /// <param name="webhooks">All of its.</param>
    /// <param name="deliveries">The newest first.</param>
    /// <param name="forms">Null for who may change nothing: an address may be all that its receiver asks for, and is not shown either.</param>
    public static Html Of(App app, IReadOnlyList<Webhook> webhooks, IReadOnlyList<Delivery> deliveries, Forms? forms) => webhooks.Count == 0
        ? (Html)$"<p>None: <code>slug webhooks {app.Name} add URL</code> makes one that is told of this app's changes.</p>"
        : $"""
        <table>
        <thead><tr><th scope="col">Webhook</th><th scope="col">Is told</th><th scope="col">Made</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
        <tbody>
        {webhooks.Select(webhook => Row(app, webhook, forms))}
        </tbody>
        </table>
        <h3>Deliveries</h3>
        {(deliveries.Count == 0 ? (Html)$"<p class=\"hint\">None yet.</p>" : Table(app, deliveries, forms))}
        """;

    private static Html Row(App app, Webhook webhook, Forms? forms) =>
        $"""
        <tr>
        <th scope="row">{(forms is null ? $"{webhook.Id}" : $"{webhook.Url}")}</th>
        <td data-label="Is told">{string.Join(", ", webhook.Include)}, {webhook.Level}</td>
        <td data-label="Made">{Show.Time(webhook.CreatedAt)}</td>
        <td class="actions">{forms?.Post($"/ui/apps/{app.Name}/webhooks/{webhook.Id}/test", $"<button class=\"quiet\">Send a test</button>") ?? Html.None}</td>
        </tr>

        """;

    private static Html Table(App app, IReadOnlyList<Delivery> deliveries, Forms? forms) =>
        $"""
        <table>
        <thead><tr><th scope="col">Delivery</th><th scope="col">When</th><th scope="col">Of</th><th scope="col">Attempts</th><th scope="col">Last answer</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
        <tbody>
        {deliveries.Take(Shown).Select(delivery => Row(app, delivery, forms))}
        </tbody>
        </table>
        """;

    private static Html Row(App app, Delivery delivery, Forms? forms) =>
        $"""
        <tr>
        <th scope="row">{Show.Status(delivery.Status)}</th>
        <td data-label="When">{Show.Time(delivery.CreatedAt)}</td>
        <td data-label="Of">{delivery.Include}</td>
        <td data-label="Attempts">{delivery.Attempts}</td>
        <td data-label="Last answer" class="why">{(delivery.AttemptCode is { } code ? $"{code}" : delivery.AttemptError)}</td>
        <td class="actions">{forms?.Post($"/ui/apps/{app.Name}/webhook-deliveries/{delivery.Id}/redeliver", $"<button class=\"quiet\">Send again</button>") ?? Html.None}</td>
        </tr>

        """;
}
