using Slug.Apps;
using Slug.Tokens;

namespace Slug.Dashboard.Markup;

/// <summary>What stands around every page.</summary>
internal static class Layout
{
    private static readonly (string Name, string Path, Scope Scope)[] tabs =
    [
        ("Builds", "", Scope.Read),
        ("Releases", "/releases", Scope.Read),
        ("Droplets", "/droplets", Scope.Read),
        ("Config", "/config", Scope.Config),
        ("Buildpacks", "/buildpacks", Scope.Read),
        ("Webhooks", "/webhooks", Scope.Read),
        ("Events", "/events", Scope.Read),
    ];

    public static Html Open(Page page, HttpContext http) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        {(page.Refresh is { } seconds ? $"<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>" : Html.None)}
        <title>{page.Title} · Slug</title>
        <link rel="stylesheet" href="{Asset.Style.Path}">
        <link rel="icon" type="image/svg+xml" href="{Asset.Icon.Path}">
        <script src="{Asset.Script.Path}" defer></script>
        </head>
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        {(Visitor(http) is { } visitor ? Bar(visitor, http) : $"<nav aria-label=\"Slug\"><span class=\"brand\">Slug</span></nav>")}
        </header>
        <main id="main" tabindex="-1">
        {(page.Tab is { } tab ? Head(tab, http) : Html.None)}
        {page.Main}

        """;

    public static Html Close() =>
        $"""
        </main>
        <footer>Slug {Program.Version} · times are in UTC</footer>
        </body>
        </html>
        """;

    // Nobody is signed in where the session's endpoint was refused, or needs none.
    private static Grant? Visitor(HttpContext http) => Grant.Of(http);

    private static Html Bar(Grant visitor, HttpContext http) =>
        $"""
        <nav aria-label="Slug">
        <a class="brand" href="/">Slug</a>
        <ul>
        {Link("Apps", "/", http)}
        {Link("Events", "/ui/events", http)}
        {(visitor.Allows(Scope.Read, null) ? Link("System", "/ui/system", http) : Html.None)}
        </ul>
        </nav>
        {Forms.Of(http).Post("/ui/sign-out", $"<span class=\"who\" title=\"{visitor}\">{visitor.Name}</span> <button class=\"quiet\">Sign out</button>")}
        """;

    private static Html Head(AppTab tab, HttpContext http) =>
        $"""
        <h1><a href="/ui/apps/{tab.App}">{tab.App}</a></h1>
        <nav class="tabs" aria-label="{tab.App}">
        <ul>
        {tabs.Where(known => Grant.Of(http).Allows(known.Scope, AppName.Parse(tab.App))).Select(known => Tab(known.Name, $"/ui/apps/{tab.App}{known.Path}", tab.Name, http))}
        </ul>
        </nav>

        """;

    // A build or a droplet is a page below one of the tabs.
    private static Html Tab(string name, string path, string current, HttpContext http) =>
        $"<li><a href=\"{path}\"{(name != current ? Html.None : http.Request.Path == path ? $" aria-current=\"page\"" : (Html)$" aria-current=\"true\"")}>{name}</a></li>\n";

    private static Html Link(string name, string path, HttpContext http) =>
        $"<li><a href=\"{path}\"{(http.Request.Path == path ? $" aria-current=\"page\"" : Html.None)}>{name}</a></li>";
}
