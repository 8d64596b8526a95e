using Slug.Hosting;

namespace Slug.Tokens;

/// <summary>Where a browser keeps its session's id: out of reach of scripts and of other sites.</summary>
internal sealed class SessionCookie(Instance instance)
{
    // A browser sends cookies to every port of a host: each installation has a name of its own.
    private readonly string name = $"slug-{instance.Id}";

    public SessionId? Of(HttpContext http) => SessionId.TryRead(http.Request.Cookies[name], out var id) ? id : null;

    /// <summary>The id that the browser has; a new one where it has none.</summary>
    public SessionId Ensure(HttpContext http) => Of(http) ?? Renew(http);

    /// <summary>A new id in place of what was there: who knew the old one has no part in what it opens.</summary>
    public SessionId Renew(HttpContext http)
    {
        var id = SessionId.Create();
        http.Response.Cookies.Append(name, id.Reveal(), new()
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = IsSecure(http.Request),
            Path = "/",
            IsEssential = true,
        });
        return id;
    }

    // TLS may end at a proxy in front.
    private static bool IsSecure(HttpRequest request) => request.IsHttps || request.Headers["X-Forwarded-Proto"] == "https";
}
