using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>An app's config vars: their names, and a value for who asks for it.</summary>
internal static class ConfigPage
{
    public static async Task<IResult> ShowAsync(HttpContext http, ConfigVars vars) => await PageAsync(http, vars, revealed: null);

    /// <summary>Shows one value, and writes down who saw it.</summary>
    public static async Task<IResult> RevealAsync(HttpContext http, ConfigVars vars, Database database, TimeProvider time)
    {
        var (app, name) = (AppOfPage.Of(http), NameOf(http));
        if (!(await vars.OfAsync(app, http.RequestAborted)).ContainsKey(name))
            return NotThere(name);
        await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "config.revealed", app.Name, name), http.RequestAborted);
        return await PageAsync(http, vars, name);
    }

    // A browser ends the lines of a text field as mail does.
    public static Task<IResult> SetAsync(HttpContext http, ReleaseStore releases) =>
        ChangeAsync(http, releases, NameOf(http), http.Request.Form["value"].ToString().ReplaceLineEndings("\n"));

    public static async Task<IResult> RemoveAsync(HttpContext http, ConfigVars vars, ReleaseStore releases) =>
        (await vars.OfAsync(AppOfPage.Of(http), http.RequestAborted)).ContainsKey(NameOf(http)) ? await ChangeAsync(http, releases, NameOf(http), null) : NotThere(NameOf(http));

    private static async Task<IResult> ChangeAsync(HttpContext http, ReleaseStore releases, string name, string? value)
    {
        var (app, changes) = (AppOfPage.Of(http), new Dictionary<string, string?> { [name] = value });
        if (ConfigVars.MistakeIn(changes) is { } mistake)
            return Problem.Page(StatusCodes.Status422UnprocessableEntity, mistake);
        await releases.ConfigureAsync(app, changes, Grant.Of(http).Name, http.RequestAborted);
        return Page.See($"/ui/apps/{app.Name}/config");
    }

    private static async Task<Page> PageAsync(HttpContext http, ConfigVars vars, string? revealed)
    {
        var app = AppOfPage.Of(http);
        var values = await vars.OfAsync(app, http.RequestAborted);
        var (forms, address) = (Forms.Of(http), $"/ui/apps/{app.Name}/config");
        return new()
        {
            Title = $"Config of {app.Name}",
            Tab = new(app.Name.ToString(), "Config"),
            Main =
                $"""
                <table class="config">
                <thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
                <tbody>
                {values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Row(pair.Key, pair.Key == revealed ? pair.Value : null, forms, address))}
                </tbody>
                </table>
                <h2>Set one</h2>
                {forms.Post($"{address}/set",
                    $"""
                    <p><label for="name">Name</label>
                    <input id="name" name="name" required maxlength="255" spellcheck="false" autocomplete="off"></p>
                    <p><label for="value">Value</label>
                    <textarea id="value" name="value" rows="3" spellcheck="false" autocomplete="off"></textarea></p>
                    <p><button>Set</button> <span class="hint">Each change makes a release.</span></p>
                    """)}
                """,
        };
    }

    private static Html Row(string name, string? value, Forms forms, string address)
    {
        Html field = $"<input type=\"hidden\" name=\"name\" value=\"{name}\">";
        return
            $"""
            <tr>
            <th scope="row"><code>{name}</code></th>
            <td data-label="Value">{(value is null ? $"<span class=\"hint\">hidden</span>" : (Html)$"<pre class=\"value\">{value}</pre>")}</td>
            <td class="actions">{(value is null ? forms.Post($"{address}/reveal", $"{field}<button class=\"quiet\">Reveal<span class=\"unseen\"> {name}</span></button>") : Html.None)}
            {forms.Post($"{address}/remove", $"{field}<button class=\"quiet\">Remove<span class=\"unseen\"> {name}</span></button>")}</td>
            </tr>

            """;
    }

    private static Page NotThere(string name) =>
        Problem.Page(StatusCodes.Status404NotFound, $"SLUG6333: there is no config var '{name}' any more, if there ever was; go back and load the page again");

    private static string NameOf(HttpContext http) => http.Request.Form["name"].ToString();
}
