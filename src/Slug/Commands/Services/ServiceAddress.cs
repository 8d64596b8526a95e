using Slug.Hosting;

namespace Slug.Commands.Services;

/// <summary>Where a service answers and what opens it.</summary>
internal sealed record ServiceAddress
{
    /// <summary>Ends with a slash.</summary>
    public required Uri Url { get; init; }

    public required string Token { get; init; }

    /// <summary>The file that holds the token; null for a service elsewhere, whose token came with the environment.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The service that SLUG_URL and SLUG_TOKEN name, else the one that runs on the data directory.</summary>
    public static ServiceAddress Find(DataDirectory data, Func<string, string?> environment) =>
        environment("SLUG_URL") is { Length: > 0 } url ? Elsewhere(url, environment("SLUG_TOKEN")) : OnThisMachine(data);

    public Uri RepositoryOf(string app) => new(Url, $"{app}.git");

    private static ServiceAddress Elsewhere(string url, string? token)
    {
        if (!Uri.TryCreate(url.TrimEnd('/') + '/', UriKind.Absolute, out var parsed) || parsed.Scheme is not ("http" or "https"))
            throw CommandException.Usage($"SLUG8011: SLUG_URL is '{url}'; expected an address like https://slug.example.org");
        if (string.IsNullOrEmpty(token))
            throw CommandException.Usage($"SLUG8012: SLUG_URL is '{url}' and SLUG_TOKEN is not set; set it to a token of that service");
        return new() { Url = parsed, Token = token };
    }

    private static ServiceAddress OnThisMachine(DataDirectory data) => new()
    {
        Url = (RunningService.Find(data) ?? throw RunningService.None(data)).Url,
        Token = TokenFiles.Read(data),
        TokenFile = data.Token,
    };
}
