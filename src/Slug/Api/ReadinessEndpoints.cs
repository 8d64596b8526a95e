using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>Whether the service lives, and whether it can take a push: without a token, and then without versions, paths and figures.</summary>
internal static class ReadinessEndpoints
{
    extension(IEndpointRouteBuilder routes)
    {
        public void MapReadiness()
        {
            routes.MapGet("/healthz", () => TypedResults.Text("ok\n"));
            routes.MapGet("/readyz", AnswerAsync);
        }
    }

    private static async Task<IResult> AnswerAsync(HttpContext http, Readiness readiness, TokenStore tokens, FailedAttempts failures, DataDirectory data)
    {
        var checks = await readiness.LookAsync(http.RequestAborted);
        var isReady = checks.All(check => check.Reason is null);
        var isTrusted = await IsTrustedAsync(http, tokens, failures);
        var view = new ReadyView(
            isReady,
            [.. checks.Select(check => new CheckView(check.Name, check.Reason is null, check.Reason, isTrusted ? check.Detail : null))],
            isTrusted ? Program.Version : null,
            isTrusted ? data.Root : null);
        http.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(view, ApiJson.Default.ReadyView, statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    // A probe whose token has run out still learns what everybody does.
    private static async Task<bool> IsTrustedAsync(HttpContext http, TokenStore tokens, FailedAttempts failures)
    {
        if (TokenGate.TokenOf(http.Request) is not { } token)
            return false;
        if (await tokens.FindAsync(token, http.RequestAborted) is { } grant)
            return grant.Allows(Scope.Read, null);
        await failures.SlowAsync(http.Connection.RemoteIpAddress, token, http.RequestAborted);
        return false;
    }
}
