using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>All apps that the visitor may read, and how the last build of each went.</summary>
internal static class AppsPage
{
    // Fewer are seen at a glance.
    private const int Many = 12;

    public static async Task<IResult> ShowAsync(HttpContext http, AppSummaries summaries, string? q)
    {
        var grant = Grant.Of(http);
        var apps = (await summaries.ListAsync(http.RequestAborted)).Where(app => grant.Allows(Scope.Read, AppName.Parse(app.Name))).ToList();
        var wanted = (q ?? "").Trim();
        var found = apps.FindAll(app => app.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase) || app.Status == wanted);
        return new Page
        {
            Title = "Apps",
            Main =
                $"""
                <h1>Apps</h1>
                {(apps.Count > Many || wanted.Length > 0 ? Search(wanted, found.Count, apps.Count) : Html.None)}
                {(apps.Count == 0 ? Nothing(http) : found.Count == 0 ? Html.None : Table(found))}
                """,
        };
    }

    private static Html Search(string wanted, int found, int all) =>
        $"""
        <form class="search" role="search" action="/">
        <label for="q">Part of a name, or a state such as failed</label>
        <input id="q" name="q" type="search" value="{wanted}" spellcheck="false" autocomplete="off"> <button class="quiet">Search</button>
        <span class="hint">{(wanted.Length == 0 ? Show.Count(all, "app") : $"{found} of {Show.Count(all, "app")}")}</span>
        </form>
        """;

    private static Html Table(IEnumerable<AppSummary> apps) =>
        $"""
        <table>
        <thead><tr><th scope="col">App</th><th scope="col">Last build</th><th scope="col">When</th><th scope="col">Commit</th><th scope="col">Release</th></tr></thead>
        <tbody>
        {apps.Select(Row)}
        </tbody>
        </table>
        """;

    private static Html Row(AppSummary app) =>
        $"""
        <tr>
        <th scope="row"><a href="/ui/apps/{app.Name}">{app.Name}</a></th>
        <td data-label="Last build">{(app.Build is { } build ? $"<a href=\"/ui/builds/{build}\">{Show.Status(app.Status!)}</a>" : (Html)$"none yet")}</td>
        <td data-label="When">{Show.Time(app.CreatedAt)}</td>
        <td data-label="Commit">{Show.Commit(app.CommitId)}</td>
        <td data-label="Release">{(app.Release is { } version ? $"v{version}" : "–")}</td>
        </tr>

        """;

    private static Html Nothing(HttpContext http) =>
        $"""
        <p>There is no app yet that this token may read. A push to a new name creates one:</p>
        <pre>git push {http.Request.Scheme}://{http.Request.Host}/NAME.git main</pre>
        """;
}
