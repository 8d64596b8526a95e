using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Slug.Droplets;
using Slug.Sources.Blobs;

namespace Slug.Platform;

/// <summary>What is said of a slug that is to be uploaded.</summary>
internal sealed partial record SlugRequest(
    IReadOnlyDictionary<string, string?>? ProcessTypes, string? Stack, string? Checksum, string? Commit, string? CommitDescription, string? BuildpackProvidedDescription)
{
    private const int LongestText = 1000;

    // As of a Procfile.
    private const int LongestProcesses = 100_000;

    /// <summary>Checks all of it but the stack.</summary>
    public bool TryRead(string by, [NotNullWhen(true)] out AnnouncedSlug? slug, [NotNullWhen(false)] out string? mistake)
    {
        slug = null;
        mistake = MistakeInProcesses() ?? MistakeInTexts();
        var checksum = Checksum is null ? null : SourceAddress.DigestOf(Checksum);
        if (Checksum is not null && checksum is null)
            mistake ??= $"SLUG6126: '{Shown(Checksum)}' is not a checksum; expected 'SHA256:' and the 64 hex digits of sha256sum slug.tgz, or none";
        if (mistake is null)
            slug = new()
            {
                Processes = ProcessTypes!.ToDictionary(type => type.Key, type => type.Value!),
                Checksum = checksum,
                Commit = Commit,
                CommitDescription = CommitDescription,
                Description = BuildpackProvidedDescription,
                By = by,
            };
        return slug is not null;
    }

    private string? MistakeInProcesses()
    {
        if (ProcessTypes is null)
            return """SLUG6123: the body has no 'process_types'; expected what the slug starts, like {"process_types": {"web": "./server"}}""";
        foreach (var (type, command) in ProcessTypes)
        {
            if (!TypeName().IsMatch(type))
                return $"SLUG6124: '{Shown(type)}' is not a process type's name; expected 1 to 128 letters, digits, '_' or '-'";
            if (string.IsNullOrWhiteSpace(command) || command.Any(char.IsControl))
                return $"SLUG6125: the command of '{type}' is empty, or more than one line; expected what starts it, like './server'";
        }

        return ProcessTypes.Sum(type => type.Key.Length + type.Value!.Length) > LongestProcesses
            ? $"SLUG6125: the commands have more than {LongestProcesses} characters; put what is long into a script of the slug"
            : null;
    }

    private string? MistakeInTexts()
    {
        if (Commit is { } commit && (string.IsNullOrWhiteSpace(commit) || commit.Any(char.IsControl)))
            return "SLUG6127: 'commit' is empty, or more than one line; expected the id of a commit, or leave it out";
        foreach (var (name, text) in (KeyValuePair<string, string?>[])[new("commit", Commit), new("commit_description", CommitDescription), new("buildpack_provided_description", BuildpackProvidedDescription)])
        {
            if (text?.Length > LongestText)
                return $"SLUG6127: '{name}' has more than {LongestText} characters; expected fewer";
        }

        return null;
    }

    private static string Shown(string text) => text.Length > 130 ? text[..130] + "…" : text;

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,128}\z", RegexOptions.CultureInvariant)]
    private static partial Regex TypeName();
}
