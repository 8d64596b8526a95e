using Slug.Content;
using Slug.Dashboard.Markup;
using Slug.Droplets;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>An app's releases: what each one is, what changed since the one before, and the way back to it.</summary>
internal static class ReleasesPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, ReleaseStore releases, DamagedBlobs damaged)
    {
        var app = AppOfPage.Of(http);
        var list = await releases.ListAsync(app, http.RequestAborted);
        var broken = await damaged.DropletsAsync(http.RequestAborted);
        var forms = Grant.Of(http).Allows(Scope.Deploy, app.Name) ? Forms.Of(http) : null;
        return new Page
        {
            Title = $"Releases of {app.Name}",
            Tab = new(app.Name.ToString(), "Releases"),
            Main = list.Count == 0 ? (Html)$"<p>None yet: push to it.</p>" :
                $"""
                <table>
                <thead><tr><th scope="col">Release</th><th scope="col">What</th><th scope="col">Droplet</th><th scope="col">Commit</th><th scope="col">When</th><th scope="col">Who</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
                <tbody>
                {list.Select((release, index) => Row($"{app.Name}", release, index + 1 < list.Count ? list[index + 1] : null, broken, index > 0 ? forms : null))}
                </tbody>
                </table>
                """,
        };
    }

    /// <summary>Makes an earlier release's droplet and config vars the next one.</summary>
    public static async Task<IResult> RollBackAsync(HttpContext http, string release, ReleaseStore releases, DamagedBlobs damaged)
    {
        var app = AppOfPage.Of(http);
        var earlier = (await releases.ListAsync(app, http.RequestAborted)).FirstOrDefault(known => release == $"v{known.Version}");
        if (earlier?.Droplet is not { } droplet || (await damaged.DropletsAsync(http.RequestAborted)).Contains(Digest.Parse(droplet)))
            return Problem.Page(
                new($"{app.Name}", "Releases"),
                StatusCodes.Status409Conflict,
                $"SLUG6113: there is no way back to '{release}' of '{app.Name}': it is not there, has no droplet, or that is damaged; choose another, or push again where there is none");
        await releases.RollBackAsync(app, earlier, Grant.Of(http).Name, http.RequestAborted);
        return Page.See($"/ui/apps/{app.Name}/releases");
    }

    // Forms are null where there is nothing to go back to, or nobody who may.
    private static Html Row(string app, Release release, Release? before, IReadOnlySet<Digest> broken, Forms? forms)
    {
        Digest? droplet = release.Droplet is { } text ? Digest.Parse(text) : null;
        return
            $"""
            <tr>
            <th scope="row">v{release.Version}</th>
            <td data-label="What">{release.Description}</td>
            <td data-label="Droplet">{(droplet is { } digest ? Show.Droplet(app, digest, broken) : $"–")}</td>
            <td data-label="Commit">{Show.Commit(release.CommitId)}</td>
            <td data-label="When">{Show.Time(release.CreatedAt)}</td>
            <td data-label="Who">{release.By}</td>
            <td class="actions">{Compare(app, before, release)}
            {(droplet is null || forms is null ? Html.None : forms.Post($"/ui/apps/{app}/releases/v{release.Version}/rollback", $"<button class=\"quiet\">Back to v{release.Version}</button>"))}</td>
            </tr>

            """;
    }

    private static Html Compare(string app, Release? before, Release after) =>
        before?.Droplet is null || after.Droplet is null || before.Droplet == after.Droplet
            ? Html.None
            : $"<a href=\"/ui/apps/{app}/compare?left=v{before.Version}&amp;right=v{after.Version}\">compare with v{before.Version}</a>";
}
