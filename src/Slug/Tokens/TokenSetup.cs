namespace Slug.Tokens;

/// <summary>Wires what opens the service.</summary>
internal static class TokenSetup
{
    public static IServiceCollection AddTokens(this IServiceCollection services) =>
        services.AddSingleton<TokenStore>().AddSingleton<SessionStore>().AddSingleton<SessionCookie>().AddSingleton<FailedAttempts>();
}
