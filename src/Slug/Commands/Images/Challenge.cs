using System.Text.RegularExpressions;

namespace Slug.Commands.Images;

/// <summary>How a registry asks for a token: <c>realm="URL",service="…",scope="…"</c>.</summary>
internal sealed partial record Challenge(Uri Realm, string? Service)
{
    /// <exception cref="CommandException">It names no address to ask.</exception>
    public static Challenge Parse(string parameters)
    {
        var named = Parameter().Matches(parameters).ToDictionary(match => match.Groups["name"].Value.ToLowerInvariant(), match => match.Groups["value"].Value);
        return Uri.TryCreate(named.GetValueOrDefault("realm"), UriKind.Absolute, out var realm) && realm.Scheme is "http" or "https"
            ? new(realm, named.GetValueOrDefault("service"))
            : throw CommandException.Failure($"SLUG4124: the registry asks for a token and says '{parameters}'; expected realm=\"https://…\"; is it a registry of images?");
    }

    public Uri TokenUrl(string scope)
    {
        var separator = Realm.Query.Length > 0 ? '&' : '?';
        var service = Service is null ? "" : $"service={Uri.EscapeDataString(Service)}&";
        return new($"{Realm.AbsoluteUri}{separator}{service}{string.Join('&', scope.Split(' ').Select(one => $"scope={Uri.EscapeDataString(one)}"))}");
    }

    [GeneratedRegex("""(?<name>[A-Za-z]+)="(?<value>[^"]*)" *(?:,|\z)""", RegexOptions.CultureInvariant)]
    private static partial Regex Parameter();
}
