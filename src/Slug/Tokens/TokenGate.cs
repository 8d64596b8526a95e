using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Slug.Apps;

namespace Slug.Tokens;

/// <summary>
/// Lets a request through whose token opens what it asks for: as Bearer, or as the password of Basic with any user name (git);
/// of the dashboard, by the session that a token opened.
/// Before anything of the request is read: who has no token learns nothing of what is wrong with it.
/// </summary>
internal sealed class TokenGate(RequestDelegate next, TokenStore tokens, SessionStore sessions, SessionCookie cookie, FailedAttempts failures)
{
    // Where a route names an app, by name or id. A build is of one too, and may be named by its app.
    private static readonly string[] names = ["app", "name", "build"];

    public async Task InvokeAsync(HttpContext http)
    {
        if (http.GetEndpoint() is not RouteEndpoint endpoint || AccessRules.Open.Contains(endpoint.RoutePattern.RawText ?? ""))
            await next(http);
        else if (await RefusalAsync(http, endpoint) is { } refusal)
            await RefusalForm.Of(http).Answer(http, refusal).ExecuteAsync(http);
        else
            await next(http);
    }

    /// <summary>What the request offers as a token, good or not; null for nothing.</summary>
    public static Token? TokenOf(HttpRequest request)
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

    private async Task<Refusal?> RefusalAsync(HttpContext http, RouteEndpoint endpoint)
    {
        if (endpoint.Metadata.GetMetadata<BySession>() is not null)
            return cookie.Of(http) is { } id && await sessions.FindAsync(id, http.RequestAborted) is { } visitor ? await RefusalAsync(http, endpoint, visitor) : Refusal.NoToken;
        if (TokenOf(http.Request) is not { } token)
            return Refusal.NoToken;
        if (await tokens.FindAsync(token, http.RequestAborted) is not { } grant)
            return await failures.SlowAsync(http.Connection.RemoteIpAddress, token, http.RequestAborted) ? Refusal.NoToken : Refusal.TooMany;
        return await RefusalAsync(http, endpoint, grant);
    }

    private async Task<Refusal?> RefusalAsync(HttpContext http, RouteEndpoint endpoint, Grant grant)
    {
        if (!AccessRules.TryFind(http.Request, endpoint, out var scope) || !grant.Allows(scope, await AppOfAsync(http)))
            return Refusal.Wanting(grant, http.Request, scope);
        grant.Stamp(http);
        return null;
    }

    // Null for what is no app, which only a token for all of them opens: that there is none is not told to others.
    private async Task<AppName?> AppOfAsync(HttpContext http)
    {
        var text = names.Select(name => http.GetRouteValue(name)?.ToString()).FirstOrDefault(value => value is not null);
        if (Guid.TryParse(text, CultureInfo.InvariantCulture, out var id))
            return await tokens.AppOfAsync(id, http.RequestAborted);
        return AppName.TryParse(text, null, out var app) ? app : null;
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
