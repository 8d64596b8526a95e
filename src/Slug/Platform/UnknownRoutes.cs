namespace Slug.Platform;

/// <summary>Tells Heroku's clients what is not here, in their own form, where no endpoint answers.</summary>
internal sealed class UnknownRoutes(RequestDelegate next)
{
    // The word of a path to what stands in its way.
    private static readonly Dictionary<string, string> reasons = new()
    {
        ["addons"] = "Slug has no add-ons: set the address of a database as a config var",
        ["dynos"] = "Slug builds apps and runs no dynos: start one with ./slug run",
        ["formations"] = "Slug builds apps and runs no dynos: start one with ./slug run",
        ["domains"] = "Slug routes nothing to apps: put a proxy before them",
        ["sni-endpoints"] = "Slug routes nothing to apps: put a proxy before them",
        ["collaborators"] = "there are no accounts: give out a token for the app with 'slug tokens create'",
        ["features"] = "there is nothing to switch on or off",
        ["log-drains"] = "Slug runs no dynos whose logs would flow",
        ["keys"] = "git is reached by HTTP with a token, not by SSH keys",
        ["pipelines"] = "Slug has no pipelines: release the slug of one app at another, POST /apps/APP/releases, or push the same commit",
        ["pipeline-couplings"] = "Slug has no pipelines: release the slug of one app at another, POST /apps/APP/releases, or push the same commit",
        ["regions"] = "there is one place, this machine",
        ["spaces"] = "there is one place, this machine",
        ["teams"] = "there are no teams: tokens say who may do what",
    };

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is RouteEndpoint || !http.Request.Headers.Accept.ToString().Contains("application/vnd.heroku+json", StringComparison.OrdinalIgnoreCase))
        {
            await next(http);
            return;
        }

        Conventions.Announce(http);
        var reason = http.Request.Path.Value!.Split('/').Select(word => reasons.GetValueOrDefault(word)).LastOrDefault(known => known is not null) ?? "the Platform API is here as far as docs/api.md lists it";
        await PlatformError.NotFound($"SLUG6120: '{http.Request.Method} {http.Request.Path}' is not here; {reason}").ExecuteAsync(http);
    }
}
