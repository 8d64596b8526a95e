namespace Slug.Commands.Remotes;

/// <summary>A credential helper that reads the token from its file each time: git's config holds the path, never the token (gitcredentials(7)).</summary>
internal static class CredentialHelper
{
    public static string Reading(string tokenFile) =>
        $"!f() {{ test \"$1\" = get && echo username=slug && echo \"password=$(cat {Quote(tokenFile)})\"; }}; f";

    // Inside double quotes a command substitution starts its own quoting.
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
