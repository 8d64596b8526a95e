using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Registry;

/// <summary>Where a client of the registry gets its token, and how it is told that it needs one (distribution's token authentication).</summary>
internal static class RegistryAccess
{
    /// <summary>Refusals of <c>/v2/…</c>.</summary>
    public static RefusalForm Form { get; } = new((http, refusal) => Refuse(http, refusal, Challenge(http)));

    /// <summary>Refusals of <c>/v2/token</c>, which takes name and password.</summary>
    public static RefusalForm LogInForm { get; } = new((http, refusal) => Refuse(http, refusal, "Basic realm=\"Slug\", charset=\"UTF-8\""));

    /// <summary>The token that docker asks for with name and password is the password: it opens what it opened before, and no more.</summary>
    public static IResult LogIn(HttpContext http)
    {
        const int hour = 3600;
        var token = TokenGate.TokenOf(http.Request)!.Value.Reveal();
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new TokenAnswer(token, token, hour), RegistryJson.Default.TokenAnswer);
    }

    public static void Announce(HttpContext http) => http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";

    private static IResult Refuse(HttpContext http, Refusal refusal, string challenge)
    {
        Announce(http);
        if (refusal.Status == StatusCodes.Status403Forbidden)
            return Refusals.Denied(refusal.Message);
        if (refusal.Status == StatusCodes.Status429TooManyRequests)
            return Refusals.TooMany(refusal.Message);
        http.Response.Headers.WWWAuthenticate = challenge;
        return Refusals.Unauthorized();
    }

    private static string Challenge(HttpContext http)
    {
        var scope = http.GetRouteValue("name") is string name ? $",scope=\"repository:{name}:pull\"" : "";
        return $"Bearer realm=\"{PublicAddress.Of(http)}/v2/token\",service=\"slug\"{scope}";
    }
}
