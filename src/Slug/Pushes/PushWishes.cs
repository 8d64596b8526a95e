using Slug.Apps;

namespace Slug.Pushes;

/// <summary>What a pusher asks for with <c>git push -o NAME=VALUE</c>, for this one push.</summary>
internal sealed record PushWishes
{
    private const string Folders = "dir=";
    private const string Buildpack = "buildpack=";

    /// <summary>What of the repository is built; null where the app's own setting holds.</summary>
    public SourceFolder? Folder { get; init; }

    /// <summary>The buildpacks that compile it, in order; none where the app itself chooses.</summary>
    public IReadOnlyList<string> Buildpacks { get; init; } = [];

    /// <summary>To be tested, not released: for who asks by the API.</summary>
    public bool IsTest { get; init; }

    /// <summary>Why the push is refused for one of its options; null where all are good.</summary>
    public static string? MistakeIn(IReadOnlyList<string> options) => options.Select(MistakeIn).FirstOrDefault(mistake => mistake is not null);

    /// <summary>Reads options that hold no mistake; of a folder that is given twice, the last one holds.</summary>
    public static PushWishes Read(IReadOnlyList<string> options) => new()
    {
        Folder = ValuesOf(Folders, options).LastOrDefault() is { } folder ? SourceFolder.Parse(folder) : null,
        Buildpacks = [.. ValuesOf(Buildpack, options).Select(value => value.Trim())],
    };

    private static IEnumerable<string> ValuesOf(string name, IReadOnlyList<string> options) =>
        options.Where(option => option.StartsWith(name, StringComparison.Ordinal)).Select(option => option[name.Length..]);

    private static string? MistakeIn(string option)
    {
        if (option.StartsWith(Buildpack, StringComparison.Ordinal))
            return null;
        if (!option.StartsWith(Folders, StringComparison.Ordinal))
            return $"SLUG1301: '{Readable.Text(option)}' is not a push option of Slug; expected 'dir=PATH' or 'buildpack=ADDRESS'; push without it";
        return SourceFolder.TryParse(option[Folders.Length..], null, out _)
            ? null
            : $"SLUG1302: '{Readable.Text(option)}' names no folder; expected {SourceFolder.Rule}; correct the push option";
    }
}
