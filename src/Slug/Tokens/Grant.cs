using Slug.Apps;

namespace Slug.Tokens;

/// <summary>What the holder of a token may do.</summary>
/// <param name="Name">The token's name: who did it.</param>
/// <param name="App">The one app that it is for; null for all there are and will be.</param>
/// <param name="Scopes">What it opens there.</param>
internal sealed record Grant(string Name, AppName? App, IReadOnlySet<Scope> Scopes)
{
    private static readonly object key = new();

    /// <summary>The grant of the request's token.</summary>
    public static Grant Of(HttpContext http) => (Grant)http.Items[key]!;

    public void Stamp(HttpContext http) => http.Items[key] = this;

    /// <param name="scope">What is asked for; null where any good token will do.</param>
    /// <param name="app">On which app; null for what is of no app, or of one that does not exist.</param>
    public bool Allows(Scope? scope, AppName? app) =>
        scope is null || Scopes.Contains(Scope.Admin) || (Scopes.Contains(scope.Value) && (App is null || App == app));

    /// <summary>In words: <c>read, deploy of hello</c>.</summary>
    public override string ToString() =>
        $"{string.Join(", ", Scopes.Order().Select(scope => scope.ToString().ToLowerInvariant()))} of {App?.ToString() ?? "all apps"}";
}
