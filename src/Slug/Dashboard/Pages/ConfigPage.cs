using Slug.Apps;
using Slug.Dashboard.Markup;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>An app's config vars: their names, and a value for who asks for it.</summary>
internal static class ConfigPage
{
    private const int FewestRows = 3;
    private const int MostRows = 20;

    public static async Task<IResult> ShowAsync(HttpContext http, ConfigVars vars) => await PageAsync(http, vars, new("", ""));

    /// <summary>Shows one value, to be changed, and writes down who saw it.</summary>
    public static async Task<IResult> RevealAsync(HttpContext http, ConfigVars vars, Database database, TimeProvider time)
    {
        var (app, name) = (AppOfPage.Of(http), NameOf(http));
        if (!(await vars.OfAsync(app, http.RequestAborted)).TryGetValue(name, out var value))
            return NotThere(name);
        await database.WriteAsync(db => Events.Append(db, time, Grant.Of(http).Name, "config.revealed", app.Name, name), http.RequestAborted);
        return await PageAsync(http, vars, new(name, value) { IsShown = true });
    }

    public static async Task<IResult> SetAsync(HttpContext http, ConfigVars vars, ReleaseStore releases)
    {
        // A browser ends the lines of a text field as mail does.
        var entry = new Entry(NameOf(http), http.Request.Form["value"].ToString().ReplaceLineEndings("\n"));
        return ConfigVars.MistakeIn(new Dictionary<string, string?> { [entry.Name] = entry.Value }) is { } mistake
            ? await PageAsync(http, vars, entry with { Mistake = mistake })
            : await ChangeAsync(http, releases, entry.Name, entry.Value);
    }

    public static async Task<IResult> RemoveAsync(HttpContext http, ConfigVars vars, ReleaseStore releases) =>
        (await vars.OfAsync(AppOfPage.Of(http), http.RequestAborted)).ContainsKey(NameOf(http)) ? await ChangeAsync(http, releases, NameOf(http), null) : NotThere(NameOf(http));

    private static async Task<IResult> ChangeAsync(HttpContext http, ReleaseStore releases, string name, string? value)
    {
        var app = AppOfPage.Of(http);
        await releases.ConfigureAsync(app, new Dictionary<string, string?> { [name] = value }, Grant.Of(http).Name, http.RequestAborted);
        return Page.See($"/ui/apps/{app.Name}/config");
    }

    private static async Task<Page> PageAsync(HttpContext http, ConfigVars vars, Entry entry)
    {
        var app = AppOfPage.Of(http);
        var values = await vars.OfAsync(app, http.RequestAborted);
        var (forms, address) = (Forms.Of(http), $"/ui/apps/{app.Name}/config");
        return new()
        {
            Title = $"Config of {app.Name}",
            Tab = new(app.Name.ToString(), "Config"),
            Status = entry.Mistake is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            Main =
                $"""
                {(values.Count == 0 ? $"<p>None yet.</p>" : (Html)$"{Table(values, entry, forms, address)}")}
                <h2>{(entry.IsShown ? "Change it" : "Set one")}</h2>
                {(entry.Mistake is { } mistake ? Problem.Note(mistake) : Html.None)}
                {forms.Post($"{address}/set", Fields(entry))}
                """,
        };
    }

    private static Html Table(IReadOnlyDictionary<string, string> values, Entry entry, Forms forms, string address) =>
        $"""
        <table class="config">
        <thead><tr><th scope="col">Name</th><th scope="col">Value</th><th scope="col"><span class="unseen">Actions</span></th></tr></thead>
        <tbody>
        {values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Row(pair.Key, entry.IsShown && pair.Key == entry.Name ? pair.Value : null, forms, address))}
        </tbody>
        </table>
        """;

    private static Html Row(string name, string? value, Forms forms, string address)
    {
        Html field = $"<input type=\"hidden\" name=\"name\" value=\"{name}\">";
        return
            $"""
            <tr>
            <th scope="row"><code>{name}</code></th>
            <td data-label="Value">{(value is null ? $"<span class=\"hint\">hidden</span>" : (Html)$"<pre class=\"value\" tabindex=\"0\">{value}</pre>")}</td>
            <td class="actions">{(value is null ? forms.Post($"{address}/reveal", $"{field}<button class=\"quiet\">Reveal<span class=\"unseen\"> {name}</span></button>") : Html.None)}
            <details><summary>Remove<span class="unseen"> {name}</span></summary>{forms.Post($"{address}/remove", $"{field}<button class=\"grave\">Remove {name}</button>")}</details></td>
            </tr>

            """;
    }

    private static Page NotThere(string name) =>
        Problem.Page(StatusCodes.Status404NotFound, $"SLUG6333: there is no config var '{name}' any more, if there ever was; go back and load the page again");

    // A text field begins behind a line break: browsers take one away.
    private static Html Fields(Entry entry) =>
        $"""
        <p><label for="name">Name</label>
        <input id="name" name="name" value="{entry.Name}" required maxlength="255" spellcheck="false" autocomplete="off"></p>
        <p><label for="value">Value</label>
        <textarea id="value" name="value" rows="{Math.Clamp(entry.Value.Count('\n') + 1, FewestRows, MostRows)}" spellcheck="false" autocomplete="off">
        {entry.Value}</textarea></p>
        <p><button>Set</button> <span class="hint">Each change makes a release.</span></p>
        """;

    private static string NameOf(HttpContext http) => http.Request.Form["name"].ToString();

    /// <summary>What stands in the form.</summary>
    private sealed record Entry(string Name, string Value)
    {
        /// <summary>It is the app's, and its reader asked to see it.</summary>
        public bool IsShown { get; init; }

        /// <summary>Why it was not set.</summary>
        public string? Mistake { get; init; }
    }
}
