using Slug.Dashboard.Markup;
using Slug.Tokens;

namespace Slug.Dashboard.Pages;

/// <summary>A token opens a session; the browser keeps the session alone.</summary>
internal static class SignIn
{
    public static IResult Answer(HttpContext http, string? to) => Refused.IsFromElsewhere(http.Request) ? Refused.Again(http.Request) : Ask(http, LocalPath.Of(to), null);

    public static async Task<IResult> EnterAsync(HttpContext http, TokenStore tokens, SessionStore sessions, SessionCookie cookie, FailedAttempts failures)
    {
        var (offered, to) = (http.Request.Form["token"].ToString().Trim(), LocalPath.Of(http.Request.Form["to"]));
        if (!Token.TryRead(offered, out var token))
            return Ask(http, to, new(StatusCodes.Status422UnprocessableEntity, "SLUG6300: that is no token; './slug token' shows the operator's, 'slug tokens create' makes others"));
        if (await tokens.FindAsync(token, http.RequestAborted) is not { } grant)
            return Ask(http, to, await failures.SlowAsync(http.Connection.RemoteIpAddress, token, http.RequestAborted)
                ? new(StatusCodes.Status401Unauthorized, "SLUG6300: the token opens nothing: it was never given out, was taken back, or is past its time; './slug token' shows the operator's, 'slug tokens create' makes others")
                : Refusal.TooMany);
        await sessions.OpenAsync(cookie.Renew(http), token, grant, http.RequestAborted);
        return Page.See(to);
    }

    public static async Task<IResult> LeaveAsync(HttpContext http, SessionStore sessions, SessionCookie cookie)
    {
        await sessions.CloseAsync(cookie.Of(http)!.Value, Grant.Of(http), http.RequestAborted);
        cookie.Renew(http);
        return Page.See("/ui/sign-in");
    }

    private static Page Ask(HttpContext http, string to, Refusal? refusal) => new()
    {
        Title = "Sign in",
        Status = refusal?.Status ?? StatusCodes.Status200OK,
        Main =
            $"""
            <h1>Sign in</h1>
            {(refusal is null ? Html.None : Problem.Note(refusal.Message))}
            {Forms.Of(http).Post("/ui/sign-in",
                $"""
                <input type="hidden" name="to" value="{to}">
                <p><label for="token">Token</label>
                <input id="token" name="token" type="password" autocomplete="current-password" required autofocus spellcheck="false"></p>
                <p><button>Sign in</button></p>
                """)}
            <p class="hint"><code>./slug token</code> shows the operator's on the machine that the service runs on; <code>slug tokens create</code> makes others.</p>
            """,
    };
}
