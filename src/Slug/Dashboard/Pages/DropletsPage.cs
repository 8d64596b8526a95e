using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Releases;

namespace Slug.Dashboard.Pages;

/// <summary>An app's droplets, and two of them to compare.</summary>
internal static class DropletsPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, DropletStore droplets, ReleaseStore releases, DamagedBlobs damaged)
    {
        var app = AppOfPage.Of(http);
        var list = await droplets.ListAsync(app, http.RequestAborted);
        var versions = (await releases.ListAsync(app, http.RequestAborted)).ToLookup(release => release.Droplet, release => $"v{release.Version}");
        var broken = await damaged.DropletsAsync(http.RequestAborted);
        return new Page
        {
            Title = $"Droplets of {app.Name}",
            Tab = new(app.Name.ToString(), "Droplets"),
            Main = list.Count == 0 ? (Html)$"<p>None yet: push to it.</p>" :
                $"""
                <form action="/ui/apps/{app.Name}/compare">
                <table>
                <thead><tr><th scope="col">Droplet</th><th scope="col">Releases</th><th scope="col">Size</th><th scope="col">Stack</th><th scope="col">Process types</th><th scope="col">Made</th><th scope="col">Compare</th></tr></thead>
                <tbody>
                {list.Select((droplet, index) => Row($"{app.Name}", droplet, string.Join(", ", versions[$"{droplet.Digest}"]), index, broken))}
                </tbody>
                </table>
                {(list.Count > 1 ? $"<p class=\"actions\"><button>Compare</button></p>" : Html.None)}
                </form>
                """,
        };
    }

    private static Html Row(string app, Droplet droplet, string versions, int index, IReadOnlySet<Digest> broken) =>
        $"""
        <tr>
        <th scope="row">{Show.Droplet(app, droplet.Digest, broken)}</th>
        <td data-label="Releases">{versions}</td>
        <td data-label="Size">{Show.Size(droplet.Size)}</td>
        <td data-label="Stack">{droplet.Stack}</td>
        <td data-label="Process types">{string.Join(", ", droplet.Processes.Keys.Order(StringComparer.Ordinal))}</td>
        <td data-label="Made">{Show.Time(droplet.CreatedAt)}</td>
        <td data-label="Compare" class="choice">{Choice("left", "from", droplet, index == 1)} {Choice("right", "to", droplet, index == 0)}</td>
        </tr>

        """;

    private static Html Choice(string name, string label, Droplet droplet, bool isChosen) =>
        $"<label><input type=\"radio\" name=\"{name}\" value=\"{droplet.Digest.Hex}\"{(isChosen ? $" checked" : Html.None)}> {label}<span class=\"unseen\"> {droplet.Digest.ToShortString()}</span></label>";
}
