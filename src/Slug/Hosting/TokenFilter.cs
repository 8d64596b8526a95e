using System.Net.Http.Headers;
using System.Text;
using Microsoft.Net.Http.Headers;

namespace Slug.Hosting;

/// <summary>Lets a request through that carries a good token: as Bearer, or as the password of Basic with any user name (git).</summary>
internal sealed class TokenFilter(TokenStore tokens) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (TokenOf(http.Request) is { } token && await tokens.IsGoodAsync(token, http.RequestAborted))
            return await next(context);
        http.Response.Headers.Append(HeaderNames.WWWAuthenticate, "Basic realm=\"Slug\", charset=\"UTF-8\"");
        return TypedResults.Text(
            "SLUG9010: this needs a token; use it as the password (any user name), or as 'Authorization: Bearer TOKEN'; './slug token' shows it\n",
            statusCode: StatusCodes.Status401Unauthorized);
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

    private static string? PasswordOf(string? credentials)
    {
        var buffer = new byte[credentials?.Length ?? 0];
        if (!Convert.TryFromBase64String(credentials ?? "", buffer, out var length))
            return null;
        var text = Encoding.UTF8.GetString(buffer, 0, length);
        return text.IndexOf(':') is var colon and >= 0 ? text[(colon + 1)..] : null;
    }
}
