using Slug.Apps;
using Slug.Tokens;

namespace Slug.Api;

/// <summary>The tokens: given out, listed, taken back.</summary>
internal static class TokenEndpoints
{
    // Ten years: beyond that a date is a mistake.
    private const long LongestLifetime = 3653L * 24 * 60 * 60;

    private static readonly HashSet<string> words = new(Enum.GetNames<Scope>(), StringComparer.OrdinalIgnoreCase);

    public static void MapTokens(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tokens", async (TokenStore tokens, CancellationToken cancellationToken) =>
            TypedResults.Json<IReadOnlyList<TokenView>>([.. (await tokens.ListAsync(cancellationToken)).Select(View)], ApiJson.Default.IReadOnlyListTokenView))
            .WithName("listTokens").WithSummary("The tokens there are, without their secrets").Produces<IReadOnlyList<TokenView>>();
        api.MapPost("/tokens", CreateAsync).WithName("createToken").WithSummary("Gives out a token; its secret is told this once").Produces<NewTokenView>(201).Fails(404, 409, 413, 415, 422);
        api.MapDelete("/tokens/{token}", RevokeAsync).WithName("revokeToken").WithSummary("Takes a token back, by its name").Produces(204).Fails(404, 409);
    }

    private static async Task<IResult> CreateAsync(HttpContext http, TokenRequest request, TokenStore tokens, AppStore apps, TimeProvider time)
    {
        if (MistakeIn(request) is { } mistake)
            return Problems.Told(mistake);
        App? app = null;
        if (request.App is { } of && (!AppName.TryParse(of, null, out var parsed) || (app = await apps.FindAsync(parsed, http.RequestAborted)) is null))
            return Problems.NoApp(of);
        var (name, scopes) = (request.Name!, request.Scopes!.Select(text => Enum.Parse<Scope>(text!, ignoreCase: true)).ToHashSet());
        DateTimeOffset? expiresAt = request.Lifetime is { } seconds ? time.GetUtcNow().AddSeconds(seconds) : null;
        return await tokens.CreateAsync(new(name, app?.Name, scopes), expiresAt, Grant.Of(http).Name, http.RequestAborted) is { } token
            ? TypedResults.Json(new NewTokenView(name, token.Reveal(), expiresAt), ApiJson.Default.NewTokenView, statusCode: StatusCodes.Status201Created)
            : Problems.Conflict("SLUG6014", $"there is a token '{name}' already; choose another name, or take that one back: slug tokens revoke {name}");
    }

    private static string? MistakeIn(TokenRequest request)
    {
        if (!ShortName.IsOne(request.Name))
            return $"SLUG6010: '{request.Name}' is not a token's name; expected {ShortName.Rule}";
        if (request.Scopes is not { Count: > 0 })
            return "SLUG6011: a token needs a scope; expected read, deploy, config or admin";
        if (request.Scopes.Select(text => text ?? "").FirstOrDefault(text => !words.Contains(text)) is { } unknown)
            return $"SLUG6011: '{unknown}' is not a scope; expected read, deploy, config or admin";
        if (request.App is not null && request.Scopes.Contains(nameof(Scope.Admin), StringComparer.OrdinalIgnoreCase))
            return $"SLUG6012: admin is of the whole installation, not of '{request.App}'; leave out the app, or ask for read, deploy and config";
        return request.Lifetime is <= 0 or > LongestLifetime
            ? $"SLUG6013: a lifetime of {request.Lifetime} s is none; expected more than nothing and at most ten years, or none for ever"
            : null;
    }

    private static async Task<IResult> RevokeAsync(HttpContext http, string token, TokenStore tokens)
    {
        if (token == TokenStore.AdminName)
            return Problems.Conflict("SLUG6015", $"'{token}' is the operator's own token; to replace it remove its file 'token' from the data directory and start the service again");
        return await tokens.RevokeAsync(token, Grant.Of(http).Name, http.RequestAborted)
            ? TypedResults.NoContent()
            : Problems.NotFound("SLUG6016", $"there is no token '{token}'; 'slug tokens' lists them");
    }

    private static TokenView View(KeptToken token) => new(
        token.Grant.Name, [.. token.Grant.Scopes.Order().Select(scope => scope.ToString().ToLowerInvariant())], token.Grant.App?.ToString(), token.CreatedAt, token.ExpiresAt, token.UsedAt);
}
