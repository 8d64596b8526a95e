using System.Text.Json;
using Slug.Dashboard.Contents;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Droplets.Bills;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;
using Slug.Engines;

namespace Slug.Dashboard.Pages;

/// <summary>A droplet's bill of materials.</summary>
internal static class PackagesPage
{
    private const int Most = 3000;

    public static async Task<IResult> ShowAsync(HttpContext http, string droplet, AppDroplets named, DropletRecords records, Attestations attestations)
    {
        var app = AppOfPage.Of(http);
        if (await named.FindAsync(app, droplet, http.RequestAborted) is not { } found || await records.FindAsync(app, found.Digest, http.RequestAborted) is not { } record)
            return DropletPage.None(droplet, app.Name.ToString());
        return new Page
        {
            Title = $"Packages of {found.Digest.ToShortString()}",
            Tab = new(app.Name.ToString(), "Droplets"),
            Main =
                $"""
                <h2>Packages of {Show.Droplet($"{app.Name}", found.Digest)}</h2>
                <p class="hint">Its bill of materials, as <code>slug droplets sbom {app.Name}</code> gives it, signed: what its lockfiles name, and the Debian packages of its run image.</p>
                """,
            Rest = Page.Later(cancellationToken => DropletPage.OrDamageAsync(found, () => ListAsync(attestations, found, record, cancellationToken))),
        };
    }

    private static async Task<Html> ListAsync(Attestations attestations, Droplet droplet, DropletRecord record, CancellationToken cancellationToken)
    {
        try
        {
            var envelope = await attestations.OfAsync(StatementKind.Bill, droplet, record, image: null, cancellationToken);
            return Table(envelope.Statement().Predicate.Deserialize(StatementJson.Plain.Bill)!);
        }
        catch (EngineException silence)
        {
            return Problem.Note(silence.Message);
        }
    }

    private static Html Table(Bill bill) =>
        $"""
        <p class="summary">{Show.Count(bill.Components.Count, "package")}{(bill.Compositions.Any(part => part.Aggregate == "incomplete") ? ", and there may be more" : "")}</p>
        {(bill.Components.Count > Most ? $"<p class=\"hint\">The first {Most} of them.</p>" : Html.None)}
        <table>
        <thead><tr><th scope="col">Package</th><th scope="col">Version</th><th scope="col">Kind</th><th scope="col">Licence</th><th scope="col">Found in</th></tr></thead>
        <tbody>
        {bill.Components.Take(Most).Select(Row)}
        </tbody>
        </table>
        """;

    private static Html Row(BillComponent component) =>
        $"""
        <tr>
        <th scope="row">{(component.Group is { } group ? $"{group}/" : "")}{component.Name}</th>
        <td data-label="Version">{component.Version}</td>
        <td data-label="Kind">{KindOf(component)}{(component.Scope == "excluded" ? ", for development" : "")}</td>
        <td data-label="Licence">{string.Join(", ", (component.Licenses ?? []).Select(licence => licence.License.Id ?? licence.License.Name))}</td>
        <td data-label="Found in">{string.Join(", ", (component.Properties ?? []).Select(property => property.Value))}</td>
        </tr>

        """;

    // pkg:npm/… is one of npm's.
    private static string KindOf(BillComponent component) => component.Purl?.Split(':', '/') is [_, var kind, ..] ? kind : "";
}
