using Slug.Hosting;

namespace Slug.Registry;

/// <summary>Lets a request through that carries a good token, as Bearer or as the password of Basic; any other is told where to get one (distribution's token authentication).</summary>
internal sealed class RegistryAccess(TokenStore tokens) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers["Docker-Distribution-Api-Version"] = "registry/2.0";
        if (TokenFilter.TokenOf(http.Request) is { } token && await tokens.IsGoodAsync(token, http.RequestAborted))
            return await next(context);
        http.Response.Headers.WWWAuthenticate = Challenge(http);
        return Refusals.Unauthorized();
    }

    /// <summary>The token that docker asks for with name and password is the password: it opens what it opened before, and no more.</summary>
    public static async Task<IResult> LogInAsync(HttpContext http, TokenStore tokens)
    {
        if (TokenFilter.TokenOf(http.Request) is not { } token || !await tokens.IsGoodAsync(token, http.RequestAborted))
        {
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Slug\", charset=\"UTF-8\"";
            return Refusals.Unauthorized();
        }

        const int hour = 3600;
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new TokenAnswer(token.Reveal(), token.Reveal(), hour), RegistryJson.Default.TokenAnswer);
    }

    // Behind a proxy that speaks TLS, no client is to send its password in the open.
    private static string Challenge(HttpContext http)
    {
        var scheme = http.Request.Headers["X-Forwarded-Proto"] == "https" ? "https" : http.Request.Scheme;
        var scope = http.GetRouteValue("name") is string name ? $",scope=\"repository:{name}:pull\"" : "";
        return $"Bearer realm=\"{scheme}://{http.Request.Host}/v2/token\",service=\"slug\"{scope}";
    }
}
