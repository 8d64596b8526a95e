namespace Slug.Api;

/// <summary>Answers <c>HEAD</c> as <c>GET</c>, whose body Kestrel then leaves out (RFC 9110, 9.3.2). The registry does so itself, without opening what it would send.</summary>
internal sealed class HeadRequests(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method) && !http.Request.Path.StartsWithSegments("/v2"))
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }
}
