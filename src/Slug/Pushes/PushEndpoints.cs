using Slug.Tokens;

namespace Slug.Pushes;

/// <summary>git's smart HTTP (gitprotocol-http), and the hook's one question.</summary>
internal static class PushEndpoints
{
    public static async Task AdvertiseAsync(
        HttpContext http, string name, string? service, Repositories repositories, Advertisement advertisement)
    {
        var cancellationToken = http.RequestAborted;
        if (GitService.Find(service) is not { } asked)
        {
            await RefuseDumbAsync(http);
            return;
        }
        var result = asked == GitService.ReceivePack
            ? await repositories.FindOrCreateAsync(name, Grant.Of(http).Name, cancellationToken)
            : await repositories.FindAsync(name, cancellationToken);
        if (result is RepositoryResult.Found found)
            await advertisement.WriteAsync(found.Repository, asked, GitRequest.ProtocolOf(http.Request), http.Response, cancellationToken);
        else if (result is RepositoryResult.Refused(var message))
            await Advertisement.RefuseAsync(asked, message, http.Response, cancellationToken);
    }

    public static async Task ReceiveAsync(HttpContext http, string name, Repositories repositories, PushReceiver receiver)
    {
        if (GitRequest.BodyOf(http, GitService.ReceivePack) is not { } body)
            await RefuseEncodingAsync(http);
        else if (await repositories.FindOrCreateAsync(name, Grant.Of(http).Name, http.RequestAborted) is not RepositoryResult.Found found)
            await RefuseUnknownAsync(http);
        else
            await receiver.ReceiveAsync(found, body, http);
    }

    public static async Task FetchAsync(HttpContext http, string name, Repositories repositories, FetchServer fetches)
    {
        if (GitRequest.BodyOf(http, GitService.UploadPack) is not { } body)
            await RefuseEncodingAsync(http);
        else if (await repositories.FindAsync(name, http.RequestAborted) is not RepositoryResult.Found found)
            await RefuseUnknownAsync(http);
        else
            await fetches.ServeAsync(found.Repository, body, http);
    }

    /// <summary>Answers a pre-receive hook; only it knows the key.</summary>
    public static async Task AnswerHookAsync(HttpContext http, string key, PushSessions sessions, HookRelay relay)
    {
        var session = sessions.Find(key);
        if (session is null)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var request = await HookRequest.ReadAsync(http.Request, session.Repository, http.RequestAborted);
        http.Response.ContentType = "text/plain; charset=utf-8";
        if (session.TryAnswer(ended => relay.RelayAsync(session, request, http.Response.BodyWriter, http.RequestAborted, ended)) is { } answered)
            await answered;
    }

    /// <summary>Files of a repository are not served: neither to old clients nor to browsers.</summary>
    public static Task RefuseDumbAsync(HttpContext http) =>
        RefuseAsync(http, StatusCodes.Status403Forbidden,
            "SLUG1003: only git's smart HTTP is served here; use 'git clone' or 'git push' of git 1.6.6 or newer with this address");

    private static Task RefuseEncodingAsync(HttpContext http) =>
        RefuseAsync(http, StatusCodes.Status415UnsupportedMediaType,
            "SLUG1004: the request is not one of git's, or is encoded in an unknown way; expected git's own content type, plain or gzip'ed");

    private static Task RefuseUnknownAsync(HttpContext http) =>
        RefuseAsync(http, StatusCodes.Status404NotFound, "SLUG1002: there is no such app; push to it to create it, or list those there are with 'slug apps'");

    private static Task RefuseAsync(HttpContext http, int status, string message)
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(message + "\n", http.RequestAborted);
    }
}
