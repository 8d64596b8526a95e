using Slug.Heroku;
using Slug.Tokens;

namespace Slug.Platform;

/// <summary>
/// What <c>heroku login -i</c> asks for with any address and a token as the password: an authorization is the token that was shown.
/// No other is made, so that none lives longer or opens more; the operator gives out more by <c>slug tokens</c>.
/// </summary>
internal static class AuthorizationEndpoints
{
    public static void MapAuthorizations(this IEndpointRouteBuilder platform)
    {
        platform.MapPost("/oauth/authorizations", async (HttpContext http, Body<AuthorizationRequest> body, TokenStore tokens, TimeProvider time) =>
            body.Value.Scope is null or ["global"]
                ? Answer.Of(await OwnAsync(http, tokens, time), StatusCodes.Status201Created)
                : PlatformError.Invalid($"SLUG6121: no authorization of '{string.Join(", ", body.Value.Scope)}' is made here; expected 'global', which is the token itself: the operator gives out narrower ones: slug tokens create"));
        platform.MapGet("/oauth/authorizations", async (HttpContext http, TokenStore tokens, TimeProvider time) =>
            Paging.Of(http, [await OwnAsync(http, tokens, time)], new SortKey<AuthorizationResource>("id", own => own.Id.ToString())));
        platform.MapGet("/oauth/authorizations/{authorization}", async (HttpContext http, string authorization, TokenStore tokens, TimeProvider time) =>
            await OwnAsync(http, tokens, time) is var own && (authorization == "~" || authorization == own.Id.ToString())
                ? Answer.Of(own)
                : PlatformError.NotFound($"SLUG6122: there is no authorization '{authorization}' but the token's own; expected '~' or '{own.Id}'; slug tokens lists the others"));
    }

    private static async Task<AuthorizationResource> OwnAsync(HttpContext http, TokenStore tokens, TimeProvider time)
    {
        var grant = Grant.Of(http);
        var token = (await tokens.ListAsync(http.RequestAborted)).Single(kept => kept.Grant.Name == grant.Name);
        int? left = token.ExpiresAt is { } end ? (int)Math.Min((end - time.GetUtcNow()).TotalSeconds, int.MaxValue) : null;
        return new()
        {
            Id = PlatformId.Of("authorization", grant.Name),
            AccessToken = new(PlatformId.Of("access token", grant.Name), TokenGate.TokenOf(http.Request)!.Value.Reveal(), left),
            Description = $"{grant.Name} ({grant})",
            Scope = grant.Scopes.Contains(Scope.Admin) ? ["global"] : [.. grant.Scopes.Order().Select(scope => scope.ToString().ToLowerInvariant())],
            User = new(PlatformId.OfUser(grant.Name), UserReference.EmailOf(grant.Name), grant.Name),
            CreatedAt = token.CreatedAt,
            UpdatedAt = token.CreatedAt,
        };
    }
}

/// <summary>The token that was shown, as an authorization.</summary>
internal sealed record AuthorizationResource
{
    public required Guid Id { get; init; }

    public required AccessToken AccessToken { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Scope { get; init; }

    public required NamedUser User { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    public IdReference? Client { get; }

    public IdReference? Grant { get; }

    public IdReference? RefreshToken { get; }

    public IdReference? Session { get; }
}

/// <summary>The secret, and the seconds that it is still good for; null for ever.</summary>
internal sealed record AccessToken(Guid Id, string Token, int? ExpiresIn);

/// <summary>Who holds it.</summary>
internal sealed record NamedUser(Guid Id, string Email, string FullName);

/// <summary>What is asked for. Description and lifetime are the token's own, whatever is said.</summary>
internal sealed record AuthorizationRequest(IReadOnlyList<string>? Scope);
