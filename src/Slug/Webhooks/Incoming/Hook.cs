using Slug.Apps;
using Slug.Remotes;

namespace Slug.Webhooks.Incoming;

/// <summary>By what another machine may ask an app to build: who signs how, which branch, from where.</summary>
internal sealed record Hook
{
    public required Guid Id { get; init; }

    public required App App { get; init; }

    /// <summary>One of the app's own; the last segment of the hook's address.</summary>
    public required string Name { get; init; }

    public required IForge Forge { get; init; }

    public required string Branch { get; init; }

    /// <summary>Where the repository is; nothing is fetched from elsewhere. The first is for deliveries that do not say.</summary>
    public required IReadOnlyList<string> Urls { get; init; }

    public required HookSecret Secret { get; init; }

    /// <summary>For the fetch; null where the operator's netrc may have some, or none are needed.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>For the forge's API; null where it is not told of builds.</summary>
    public string? StatusToken { get; init; }

    /// <summary>Where that API is; null where it follows from the repository's URL.</summary>
    public string? Api { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Who builds from it, in events.</summary>
    public string By => $"webhook {Name}";

    /// <summary>The one of its URLs that a delivery names; null where it names another repository.</summary>
    public string? UrlOf(string? named) => named is null ? Urls[0] : Urls.FirstOrDefault(url => Essence(url) == Essence(named));

    public override string ToString() => Name;

    // Forges write one repository in several ways.
    private static string Essence(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var url))
            return text;
        var path = url.AbsolutePath.TrimEnd('/').ToUpperInvariant();
        return $"{url.IdnHost}:{url.Port}{(path.EndsWith(".GIT", StringComparison.Ordinal) ? path[..^4] : path)}";
    }
}
