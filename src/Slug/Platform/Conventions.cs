using System.Globalization;
using System.Text.RegularExpressions;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>What all endpoints of the Platform API have in common: the version that is asked for, the request's id, the limit of requests, and bodies that can be read.</summary>
internal sealed partial class Conventions(RateLimits limits) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        Announce(http);
        var remaining = limits.Take(Grant.Of(http).Name);
        http.Response.Headers["RateLimit-Remaining"] = remaining.ToString(CultureInfo.InvariantCulture);
        if (remaining == 0)
            return PlatformError.TooMany($"SLUG6100: the token '{Grant.Of(http).Name}' asked more than {RateLimits.PerHour} times in an hour; expected at most {RateLimits.PerHour / 60} in a minute for long: wait a minute, then ask less often");
        if (Version().Match(http.Request.Headers.Accept.ToString()) is { Success: true } asked && asked.Groups["version"].Value != "3")
            return PlatformError.NotAcceptable($"SLUG6101: version '{asked.Groups["version"].Value}' of the API is not here; expected 'Accept: application/vnd.heroku+json; version=3'");
        return context.Arguments.OfType<IBody>().FirstOrDefault(body => body.Refusal is not null)?.Refusal ?? await next(context);
    }

    /// <summary>What every answer has, refusals too.</summary>
    public static void Announce(HttpContext http)
    {
        http.Response.Headers["Request-Id"] = Guid.NewGuid().ToString();
        http.Response.Headers.CacheControl = "private, no-cache";
    }

    // Who names no version gets the one there is; variants like '3.sdk' are what the plain one is.
    [GeneratedRegex(@"application/vnd\.heroku\+json\s*;\s*version=""?(?<version>[^.,;""\s]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Version();
}
