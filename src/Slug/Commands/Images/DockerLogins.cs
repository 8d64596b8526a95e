using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Slug.Commands.Images;

/// <summary>What <c>docker login</c> left in <c>config.json</c>.</summary>
internal static class DockerLogins
{
    public static string DefaultFile =>
        Path.Combine(Environment.GetEnvironmentVariable("DOCKER_CONFIG") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".docker"), "config.json");

    public static AuthenticationHeaderValue Basic(string user, string password) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    /// <summary>What is kept for a registry; null for nothing.</summary>
    /// <exception cref="CommandException">The file is not docker's, or keeps the password in a program that is not asked here.</exception>
    public static AuthenticationHeaderValue? Read(string file, ImageReference image)
    {
        if (!File.Exists(file))
            return null;
        try
        {
            using var config = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var name in image.CredentialNames)
            {
                if (Member(config.RootElement, "auths", name) is { ValueKind: JsonValueKind.Object } entry
                    && entry.TryGetProperty("auth", out var auth) && auth.GetString() is { Length: > 0 } login)
                    return new("Basic", login);
            }

            return HelperOf(config.RootElement, image) is { } helper
                ? throw CommandException.User(
                    $"SLUG4127: '{file}' keeps the password of '{image.Host}' in the program 'docker-credential-{helper}', which is not asked here; give it with: --username NAME --password-stdin")
                : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw CommandException.User($"SLUG4126: '{file}' is not docker's config.json ({exception.Message}); mend it, or give the password with: --username NAME --password-stdin");
        }
    }

    private static string? HelperOf(JsonElement config, ImageReference image)
    {
        foreach (var name in image.CredentialNames)
        {
            if (Member(config, "credHelpers", name) is { } helper)
                return helper.GetString();
        }

        return config.TryGetProperty("credsStore", out var store) ? store.GetString() : null;
    }

    private static JsonElement? Member(JsonElement config, string map, string name) =>
        config.TryGetProperty(map, out var members) && members.ValueKind == JsonValueKind.Object && members.TryGetProperty(name, out var member) ? member : null;
}
