using System.Text.Json.Serialization;
using Slug.Apps;
using Slug.Pushes;
using Slug.Remotes;
using Slug.Webhooks.Incoming;
using Slug.Webhooks.Incoming.Forges;

namespace Slug.Api;

/// <summary>What is asked of a new hook. What is null has a default: the forge's name, the branch main, a secret that is made.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NewHookRequest
{
    private const int LongestUrl = 1000;
    private const int LongestToken = 2000;

    public string? Forge { get; init; }

    public string? Name { get; init; }

    public string? Branch { get; init; }

    public IReadOnlyList<string?>? Urls { get; init; }

    public string? Secret { get; init; }

    public string? Login { get; init; }

    public string? Token { get; init; }

    public string? StatusToken { get; init; }

    public string? Api { get; init; }

    public NewHookResult Read(App app, DateTimeOffset now)
    {
        if (!AllForges.TryFind(Forge, out var forge))
            return new NewHookResult.Refused($"SLUG6230: '{Forge}' is not a kind of sender; expected {AllForges.Names}");
        var secret = Secret is null ? HookSecret.Create() : HookSecret.Read(Secret);
        if (MistakeIn(forge) is { } mistake)
            return new NewHookResult.Refused(mistake);
        if (secret is null)
            return new NewHookResult.Refused($"SLUG6234: the secret is not one; expected {HookSecret.Rule}");
        return new NewHookResult.Good(new()
        {
            Id = Guid.CreateVersion7(now),
            App = app,
            Name = Name ?? forge.Name,
            Forge = forge,
            Branch = Branch ?? "main",
            Urls = [.. Urls!.Select(url => new Uri(url!).AbsoluteUri)],
            Secret = secret,
            Credentials = Token is null ? null : new Credentials(Login ?? forge.Login, Token),
            StatusToken = StatusToken,
            Api = Api,
            CreatedAt = now,
        });
    }

    private string? MistakeIn(IForge forge)
    {
        if (Name is not null && !ShortName.IsOne(Name))
            return $"SLUG6231: '{Name}' is not a hook's name; expected {ShortName.Rule}";
        if (Urls is not { Count: > 0 })
            return $"SLUG6232: the hook has no repository; say where it is, as '{forge.Name}' has it: --url https://HOST/OWNER/NAME.git";
        if (Urls.Select(url => url ?? "").FirstOrDefault(url => !IsUrl(url) || new Uri(url).AbsolutePath == "/") is { } wrong)
            return $"SLUG6232: '{Bare(wrong)}' is not a URL that is fetched from; expected http:// or https://, a host and a path, no user, no query; credentials go with --token";
        if (Api is not null && !IsUrl(Api))
            return $"SLUG6238: '{Bare(Api)}' is not the URL of an API; expected http:// or https://, a host, no user, no query; credentials go with --status-token";
        if (Branch is not null && !RefName.TryParse($"refs/heads/{Branch}", null, out _))
            return $"SLUG6233: '{Branch}' is not a branch; expected one branch's name, like main";
        if (Login is not null && Token is null)
            return $"SLUG6237: '{Login}' has no token; give --token with --login";
        if (StatusToken is not null && forge is Plain)
            return $"SLUG6245: nobody listens where '{forge.Name}' sends from, so that there is nobody to tell of builds; leave out --status-token";
        return Login?.Contains(':', StringComparison.Ordinal) == true || new[] { Login, Token, StatusToken }.Any(text => text is not null && !IsToken(text))
            ? $"SLUG6237: a user or token is not one; expected 1 to {LongestToken} visible characters, no colon in a user"
            : null;
    }

    private static bool IsToken(string text) => text.Length is > 0 and <= LongestToken && text.All(letter => letter is > ' ' and < '\x7f');

    // The stored form has spaces between URLs: none is left in one once it is a URI.
    private static bool IsUrl(string text) =>
        text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && url is { Scheme: "http" or "https", UserInfo: "", Query: "", Fragment: "" };

    private static string Bare(string text) => Readable.Text(RemoteUrl.TryParse(text, out var url) ? url.ToString() : text);
}

/// <summary>A hook that can be made, or why it cannot.</summary>
internal abstract record NewHookResult
{
    private NewHookResult()
    {
    }

    internal sealed record Good(Hook Hook) : NewHookResult;

    internal sealed record Refused(string Message) : NewHookResult;
}
