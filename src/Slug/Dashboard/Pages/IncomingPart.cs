using Slug.Dashboard.Markup;
using Slug.Webhooks.Incoming;

namespace Slug.Dashboard.Pages;

/// <summary>A hook that a forge sends to, and what came in by it.</summary>
internal static class IncomingPart
{
    private const int Shown = 20;

    public static Html Of(Hook hook, IReadOnlyList<Delivery> deliveries) =>
        $"""
        <h3>{hook.Name}</h3>
        <dl class="facts">
        <div><dt>Forge</dt><dd>{hook.Forge.Name}</dd></div>
        <div><dt>Branch</dt><dd>{hook.Branch}</dd></div>
        <div><dt>Repository</dt><dd>{string.Join(", ", hook.Urls)}</dd></div>
        <div><dt>It sends to</dt><dd><code>/hooks/{hook.App.Name}/{hook.Name}</code></dd></div>
        <div><dt>Is told of builds</dt><dd>{(hook.StatusToken is null ? "no" : "yes")}</dd></div>
        </dl>
        {(deliveries.Count == 0 ? (Html)$"<p class=\"hint\">Nothing came in yet.</p>" : Table(deliveries.Take(Shown)))}
        """;

    private static Html Table(IEnumerable<Delivery> deliveries) =>
        $"""
        <table>
        <thead><tr><th scope="col">Delivery</th><th scope="col">When</th><th scope="col">Branch</th><th scope="col">Commit</th><th scope="col">Build</th><th scope="col">Why</th></tr></thead>
        <tbody>
        {deliveries.Select(Row)}
        </tbody>
        </table>
        """;

    private static Html Row(Delivery delivery) =>
        $"""
        <tr>
        <th scope="row">{Show.Status(delivery.Status)}</th>
        <td data-label="When">{Show.Time(delivery.ReceivedAt)}</td>
        <td data-label="Branch">{delivery.Branch}</td>
        <td data-label="Commit">{Show.Commit(delivery.CommitId)}</td>
        <td data-label="Build">{(delivery.BuildId is { } build ? $"<a href=\"/ui/builds/{build}\">its build</a>" : Html.None)}</td>
        <td data-label="Why" class="why">{delivery.Reason}</td>
        </tr>

        """;
}
