using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Slug.Commands.Images;

/// <summary>An image's name in a registry, as docker writes it: <c>HOST[:PORT]/NAME[:TAG]</c>.</summary>
internal sealed partial record ImageReference(string Host, string Name, string? Tag)
{
    private const string DockerHub = "docker.io";

    /// <summary>Where the registry answers: Docker's own lives elsewhere than its name says.</summary>
    public string Endpoint => Host == DockerHub ? "registry-1.docker.io" : Host;

    /// <summary>What the registry is called in docker's config.json.</summary>
    public IReadOnlyList<string> CredentialNames => Host == DockerHub ? ["https://index.docker.io/v1/", DockerHub] : [Host, $"https://{Host}", $"http://{Host}"];

    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out ImageReference? result)
    {
        result = null;
        if (text is null || Shape().Match(text) is not { Success: true } match)
            return false;
        var host = match.Groups["host"].Value;
        // As docker reads it: without a dot or a port, the first word is no host but a name on Docker Hub.
        if (host != "localhost" && host.AsSpan().IndexOfAny(".:") < 0)
            return false;
        result = new(host, match.Groups["name"].Value, match.Groups["tag"] is { Success: true } tag ? tag.Value : null);
        return true;
    }

    public override string ToString() => $"{Host}/{Name}{(Tag is null ? "" : $":{Tag}")}";

    [GeneratedRegex(
        @"^(?<host>(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:]+\])(?::[0-9]{1,5})?)/(?<name>[a-z0-9]+(?:(?:\.|_|__|-+|/)[a-z0-9]+)*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Shape();
}
