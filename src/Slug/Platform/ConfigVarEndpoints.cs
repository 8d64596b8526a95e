using Slug.Apps;
using Slug.Releases;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Config vars, of today and of a release.</summary>
internal static class ConfigVarEndpoints
{
    public static void MapConfigVars(this IEndpointRouteBuilder app)
    {
        app.MapGet("/config-vars", async (HttpContext http, ConfigVars vars) => Answer.Of(await vars.OfAsync(NamedApp.Of(http), http.RequestAborted)));
        app.MapPatch("/config-vars", ChangeAsync);
        app.MapGet("/releases/{release}/config-vars", OfReleaseAsync);
    }

    private static async Task<IResult> ChangeAsync(HttpContext http, Body<ConfigChanges> body, ReleaseStore releases, ConfigVars vars)
    {
        var (app, changes) = (NamedApp.Of(http), body.Value);
        if (ConfigVars.MistakeIn(changes) is { } mistake)
            return PlatformError.Invalid(mistake);
        if (changes.Count > 0)
            await releases.ConfigureAsync(app, changes, Grant.Of(http).Name, http.RequestAborted);
        return Answer.Of(await vars.OfAsync(app, http.RequestAborted));
    }

    private static async Task<IResult> OfReleaseAsync(HttpContext http, string release, ReleaseStore releases)
    {
        var app = NamedApp.Of(http);
        return await ReleaseEndpoints.FindAsync(app, release, releases, http.RequestAborted) is { } found
            ? Answer.Of(await releases.ConfigOfAsync(app, found, http.RequestAborted))
            : ReleaseEndpoints.NoRelease(app, release);
    }
}

/// <summary>Names to values; null takes a variable away.</summary>
internal sealed class ConfigChanges : Dictionary<string, string?>;
