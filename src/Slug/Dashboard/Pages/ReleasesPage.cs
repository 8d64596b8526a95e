using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Releases;

namespace Slug.Dashboard.Pages;

/// <summary>An app's releases: what each one is, what changed since the one before, and the way back to it.</summary>
internal static class ReleasesPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, ReleaseStore releases, DamagedBlobs damaged)
    {
        var app = AppOfPage.Of(http);
        var list = await releases.ListAsync(app, http.RequestAborted);
        var broken = await damaged.DropletsAsync(http.RequestAborted);
        return new Page
        {
            Title = $"Releases of {app.Name}",
            Tab = new(app.Name.ToString(), "Releases"),
            Main = list.Count == 0 ? (Html)$"<p>None yet: push to it.</p>" :
                $"""
                <table>
                <thead><tr><th scope="col">Release</th><th scope="col">What</th><th scope="col">Droplet</th><th scope="col">Commit</th><th scope="col">When</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
                <tbody>
                {list.Select((release, index) => Row($"{app.Name}", release, index + 1 < list.Count ? list[index + 1] : null, broken))}
                </tbody>
                </table>
                """,
        };
    }

    private static Html Row(string app, Release release, Release? before, IReadOnlySet<Digest> broken)
    {
        Digest? droplet = release.Droplet is { } text ? Digest.Parse(text) : null;
        return
            $"""
            <tr>
            <th scope="row">v{release.Version}</th>
            <td data-label="What">{release.Description}</td>
            <td data-label="Droplet">{(droplet is { } digest ? Show.Droplet(app, digest) : $"–")}{(droplet is { } suspect && broken.Contains(suspect) ? $" <span class=\"status failed\">damaged</span>" : Html.None)}</td>
            <td data-label="Commit">{Show.Commit(release.CommitId)}</td>
            <td data-label="When">{Show.Time(release.CreatedAt)}</td>
            <td class="actions">{Compare(app, before, release)}</td>
            </tr>

            """;
    }

    private static Html Compare(string app, Release? before, Release after) =>
        before?.Droplet is null || after.Droplet is null || before.Droplet == after.Droplet
            ? Html.None
            : $"<a href=\"/ui/apps/{app}/compare?left=v{before.Version}&amp;right=v{after.Version}\">compare with v{before.Version}</a>";
}
