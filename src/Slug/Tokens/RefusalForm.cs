namespace Slug.Tokens;

/// <summary>How a group of endpoints says no to a request that it does not come to see, as metadata of theirs; those without one say it in plain text.</summary>
internal sealed record RefusalForm(Func<HttpContext, Refusal, IResult> Answer)
{
    public static RefusalForm Of(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<RefusalForm>() ?? plain;

    /// <summary>Says to git and browsers that name and password would do.</summary>
    public static void Challenge(HttpContext http, Refusal refusal)
    {
        if (refusal.Status == StatusCodes.Status401Unauthorized)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Slug\", charset=\"UTF-8\"";
    }

    private static readonly RefusalForm plain = new((http, refusal) =>
    {
        Challenge(http, refusal);
        return TypedResults.Text(refusal.Message + "\n", statusCode: refusal.Status);
    });
}

/// <summary>Why a request does not come through.</summary>
/// <param name="Status">401 without a good token, 429 after too many that were none, 403 where the token opens something else; what else HTTP has for a request that cannot be read.</param>
/// <param name="Message">For the user, with its code.</param>
internal sealed record Refusal(int Status, string Message)
{
    public static Refusal NoToken { get; } = new(StatusCodes.Status401Unauthorized, Asking);

    public static Refusal TooMany { get; } = new(StatusCodes.Status429TooManyRequests, Asking);

    private const string Asking = "SLUG9010: this needs a token; use it as the password (any user name), or as 'Authorization: Bearer TOKEN'; './slug token' shows it";

    public static Refusal Wanting(Grant grant, HttpRequest request, Scope? scope) => new(
        StatusCodes.Status403Forbidden,
        $"SLUG9011: the token '{grant.Name}' opens {grant}; '{request.Method} {request.Path}' needs {AccessRules.InWords(scope)}; the operator gives out another: slug tokens create");
}
