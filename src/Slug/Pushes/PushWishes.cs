using Slug.Apps;
using Slug.Content;

namespace Slug.Pushes;

/// <summary>What a pusher asks for with <c>git push -o NAME</c> or <c>-o NAME=VALUE</c>, for this one push.</summary>
internal sealed record PushWishes
{
    private const string Folders = "dir=";
    private const string Buildpack = "buildpack=";
    private const string NoCache = "no-cache";
    private const string ClearCache = "clear-cache";

    /// <summary>What of the repository is built; null where the app's own setting holds.</summary>
    public SourceFolder? Folder { get; init; }

    /// <summary>The buildpacks that compile it, in order; none where the app itself chooses.</summary>
    public IReadOnlyList<string> Buildpacks { get; init; } = [];

    /// <summary>What becomes of what earlier builds kept.</summary>
    public CacheWish Cache { get; init; }

    /// <summary>To be tested, not released: for who asks by the API.</summary>
    public bool IsTest { get; init; }

    /// <summary>The droplet that is to be made again and compared, for who asks by the API; null where the source is to become one.</summary>
    public Digest? Verifies { get; init; }

    /// <summary>The slug that was uploaded as this source, of which a droplet is made and no release; null where the source is to be compiled.</summary>
    public Guid? Slug { get; init; }

    /// <summary>Folder and buildpacks as options, for who builds the same once more.</summary>
    public IReadOnlyList<string> Lasting => [.. Folder is { } folder ? [$"{Folders}{folder}"] : Array.Empty<string>(), .. Buildpacks.Select(buildpack => $"{Buildpack}{buildpack}")];

    /// <summary>Why the push is refused for one of its options; null where all are good.</summary>
    public static string? MistakeIn(IReadOnlyList<string> options) => options.Select(MistakeIn).FirstOrDefault(mistake => mistake is not null);

    /// <summary>Reads options that hold no mistake; of a folder that is given twice, the last one holds.</summary>
    public static PushWishes Read(IReadOnlyList<string> options) => new()
    {
        Folder = ValuesOf(Folders, options).LastOrDefault() is { } folder ? SourceFolder.Parse(folder) : null,
        Buildpacks = [.. ValuesOf(Buildpack, options).Select(value => value.Trim())],
        Cache = options.Contains(ClearCache) ? CacheWish.Clear : options.Contains(NoCache) ? CacheWish.PassOver : CacheWish.Use,
    };

    private static IEnumerable<string> ValuesOf(string name, IReadOnlyList<string> options) =>
        options.Where(option => option.StartsWith(name, StringComparison.Ordinal)).Select(option => option[name.Length..]);

    private static string? MistakeIn(string option)
    {
        if (option is NoCache or ClearCache || option.StartsWith(Buildpack, StringComparison.Ordinal))
            return null;
        if (!option.StartsWith(Folders, StringComparison.Ordinal))
            return $"SLUG1301: '{Readable.Text(option)}' is not a push option of Slug; expected 'dir=PATH', 'buildpack=ADDRESS', '{NoCache}' or '{ClearCache}'; push without it";
        return SourceFolder.TryParse(option[Folders.Length..], null, out _)
            ? null
            : $"SLUG1302: '{Readable.Text(option)}' names no folder; expected {SourceFolder.Rule}; correct the push option";
    }
}

/// <summary>What a push wants of the build cache. Where it is not used, a known tree is built all the same.</summary>
internal enum CacheWish
{
    /// <summary>Restored, as ever.</summary>
    Use,

    /// <summary>Left where it is until this build, which starts without, has one of its own.</summary>
    PassOver,

    /// <summary>Thrown away when the build starts, whatever becomes of it.</summary>
    Clear,
}
