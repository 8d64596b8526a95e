using Slug.Apps;
using Slug.Buildpacks;
using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>The buildpacks that are set for an app.</summary>
internal static class BuildpacksPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, AppBuildpacks settings, BuildpackCatalog catalog)
    {
        var set = await SetOfAsync(http, settings);
        return PageOf(http, catalog, set, set, mistake: null);
    }

    public static async Task<IResult> SetAsync(HttpContext http, AppBuildpacks settings, BuildpackCatalog catalog)
    {
        var app = AppOfPage.Of(http);
        var named = http.Request.Form["buildpacks"].ToString().Split(['\r', '\n'], StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        try
        {
            await settings.ChangeAsync(app, _ => named, Grant.Of(http).Name, http.RequestAborted);
            return Page.See($"/ui/apps/{app.Name}/buildpacks");
        }
        catch (BuildpackException mistake)
        {
            return PageOf(http, catalog, await SetOfAsync(http, settings), named, mistake.Message);
        }
    }

    private static async Task<IReadOnlyList<string>> SetOfAsync(HttpContext http, AppBuildpacks settings) =>
        [.. (await settings.OfAsync(AppOfPage.Of(http), http.RequestAborted)).Select(address => BuildpackAddress.Parse(address).ToString())];

    private static Page PageOf(HttpContext http, BuildpackCatalog catalog, IReadOnlyList<string> set, IReadOnlyList<string> entered, string? mistake)
    {
        var app = AppOfPage.Of(http);
        return new()
        {
            Title = $"Buildpacks of {app.Name}",
            Tab = new(app.Name.ToString(), "Buildpacks"),
            Status = mistake is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            Main =
                $"""
                {(set.Count == 0
                    ? $"<p>None is set: the app's own <code>app.json</code> or <code>.buildpacks</code> says, or the first of those that come with Slug that knows the app.</p>"
                    : (Html)$"<ol class=\"buildpacks\">{set.Select(address => (Html)$"<li><code>{address}</code></li>\n")}</ol>")}
                <p class="hint">With Slug come: {string.Join(", ", catalog.BuiltIn.Select(buildpack => buildpack.Name))}.</p>
                {(mistake is null ? Html.None : Problem.Note(mistake))}
                {(Grant.Of(http).Allows(Scope.Config, app.Name) ? Form(http, app, entered) : Html.None)}
                """,
        };
    }

    private static Html Form(HttpContext http, App app, IReadOnlyList<string> entered) => Forms.Of(http).Post(
        $"/ui/apps/{app.Name}/buildpacks",
        $"""
        <p><label for="buildpacks">Names or addresses, one a line, in the order in which they compile</label>
        <textarea id="buildpacks" name="buildpacks" rows="4" spellcheck="false">{string.Join('\n', entered)}</textarea></p>
        <p><button>Set</button></p>
        """);
}
