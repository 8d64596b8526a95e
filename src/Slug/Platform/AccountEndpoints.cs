using System.Globalization;
using Slug.Heroku;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>Who asks: the token stands in for an account.</summary>
internal static class AccountEndpoints
{
    public static void MapAccount(this IEndpointRouteBuilder platform)
    {
        platform.MapGet("/account", ShowAsync);
        platform.MapGet("/account/rate-limits", (HttpContext http) =>
            Answer.Of(new RateLimitResource(int.Parse(http.Response.Headers["RateLimit-Remaining"]!, CultureInfo.InvariantCulture))));
    }

    private static async Task<IResult> ShowAsync(HttpContext http, TokenStore tokens)
    {
        var name = Grant.Of(http).Name;
        var token = (await tokens.ListAsync(http.RequestAborted)).Single(token => token.Grant.Name == name);
        return Answer.Of(new AccountResource
        {
            Id = PlatformId.OfUser(name),
            Email = UserReference.EmailOf(name),
            Name = name,
            CreatedAt = token.CreatedAt,
            UpdatedAt = token.CreatedAt,
            LastLogin = token.UsedAt,
        });
    }
}
