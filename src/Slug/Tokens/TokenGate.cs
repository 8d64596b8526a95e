using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using Slug.Apps;

namespace Slug.Tokens;

/// <summary>
/// Lets a request through whose token opens what it asks for: as Bearer, or as the password of Basic with any user name (git).
/// Before anything of the request is read: who has no token learns nothing of what is wrong with it.
/// </summary>
internal sealed class TokenGate(RequestDelegate next, TokenStore tokens, FailedAttempts failures)
{
    // Where a route names an app. A build is of one too, and may be named by its app.
    private static readonly string[] names = ["app", "name", "build"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || AccessRules.Open.Contains(endpoint.RoutePattern.RawText ?? ""))
            await next(http);
        else if (await RefusalAsync(http, endpoint) is { } refusal)
            await refusal.ExecuteAsync(http);
        else
            await next(http);
    }

    private async Task<IResult?> RefusalAsync(HttpContext http, RouteEndpoint endpoint)
    {
        if (TokenOf(http.Request) is not { } token)
            return Unknown(http, StatusCodes.Status401Unauthorized);
        if (await tokens.FindAsync(token, http.RequestAborted) is not { } grant)
            return await failures.SlowAsync(http.Connection.RemoteIpAddress, token, http.RequestAborted)
                ? Unknown(http, StatusCodes.Status401Unauthorized)
                : Unknown(http, StatusCodes.Status429TooManyRequests);
        if (!AccessRules.TryFind(http.Request, endpoint, out var scope) || !grant.Allows(scope, await AppOfAsync(http)))
            return TypedResults.Text(
                $"SLUG9011: the token '{grant.Name}' opens {grant}; '{http.Request.Method} {http.Request.Path}' needs {AccessRules.InWords(scope)}; the operator gives out another: slug tokens create\n",
                statusCode: StatusCodes.Status403Forbidden);
        grant.Stamp(http);
        return null;
    }

    private static ContentHttpResult Unknown(HttpContext http, int status)
    {
        http.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"Slug\", charset=\"UTF-8\"");
        return TypedResults.Text(
            "SLUG9010: this needs a token; use it as the password (any user name), or as 'Authorization: Bearer TOKEN'; './slug token' shows it\n",
            statusCode: status);
    }

    // Null for what is no app, which only a token for all of them opens: that there is none is not told to others.
    private async Task<AppName?> AppOfAsync(HttpContext http)
    {
        var text = names.Select(name => http.GetRouteValue(name)?.ToString()).FirstOrDefault(value => value is not null);
        if (Guid.TryParse(text, CultureInfo.InvariantCulture, out var build))
            return await tokens.AppOfBuildAsync(build, http.RequestAborted);
        return AppName.TryParse(text, null, out var app) ? app : null;
    }

    private static Token? TokenOf(HttpRequest request)
    {
        if (!AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out var header))
            return null;
        var offered = header.Scheme.ToUpperInvariant() switch
        {
            "BEARER" => header.Parameter,
            "BASIC" => PasswordOf(header.Parameter),
            _ => null,
        };
        return Token.TryRead(offered, out var token) ? token : null;
    }

    private static string? PasswordOf(string? credentials)
    {
        var buffer = new byte[credentials?.Length ?? 0];
        if (!Convert.TryFromBase64String(credentials ?? "", buffer, out var length))
            return null;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return text.IndexOf(':') is var colon and >= 0 ? text[(colon + 1)..] : null;
    }
}
