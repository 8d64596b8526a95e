using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>An app's config vars: their names, and a value for who asks for it.</summary>
internal static class ConfigPage
{
    private const int LargestValue = 32 * 1024;

    public static async Task<IResult> ShowAsync(HttpContext http, ConfigVars vars) => await PageAsync(http, vars, revealed: null);

    /// <summary>Shows one value, and writes down who saw it.</summary>
    public static async Task<IResult> RevealAsync(HttpContext http, ConfigVars vars, Database database, TimeProvider time)
    {
        var (app, name) = (AppOfPage.Of(http), NameOf(http));
        await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "config.revealed", app.Name, name), http.RequestAborted);
        return await PageAsync(http, vars, name);
    }

    public static async Task<IResult> SetAsync(HttpContext http, ReleaseStore releases)
    {
        // A browser ends the lines of a text field as mail does.
        var (name, value) = (NameOf(http), http.Request.Form["value"].ToString().ReplaceLineEndings("\n"));
        if (!ConfigVars.IsName(name))
            return Refuse($"SLUG6004: '{name}' is not a config var's name; expected {ConfigVars.Rule}");
        if (value.Length > LargestValue)
            return Refuse($"SLUG6005: the value of '{name}' is longer than {LargestValue} characters; keep large data in a file or a database");
        if (value.Contains('\0', StringComparison.Ordinal))
            return Refuse($"SLUG6006: the value of '{name}' holds a zero byte, which no environment can; encode it");
        return await ChangeAsync(http, releases, name, value);
    }

    public static Task<IResult> RemoveAsync(HttpContext http, ReleaseStore releases) => ChangeAsync(http, releases, NameOf(http), null);

    private static async Task<IResult> ChangeAsync(HttpContext http, ReleaseStore releases, string name, string? value)
    {
        var app = AppOfPage.Of(http);
        await releases.ConfigureAsync(app, new Dictionary<string, string?> { [name] = value }, Grant.Of(http).Name, http.RequestAborted);
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

    private static Page Refuse(string message) => Problem.Page(StatusCodes.Status422UnprocessableEntity, message);

    private static string NameOf(HttpContext http) => http.Request.Form["name"].ToString();
}
