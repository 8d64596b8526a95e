namespace Slug.Pushes;

/// <summary>What a pusher asks for with <c>git push -o NAME</c>, for this one push.</summary>
internal sealed record PushWishes
{
    private const string NoCache = "no-cache";
    private const string ClearCache = "clear-cache";

    /// <summary>What becomes of what earlier builds kept.</summary>
    public CacheWish Cache { get; init; }

    /// <summary>Why the push is refused for one of its options; null where all are good.</summary>
    public static string? MistakeIn(IReadOnlyList<string> options) => options.Select(MistakeIn).FirstOrDefault(mistake => mistake is not null);

    /// <summary>Reads options that hold no mistake.</summary>
    public static PushWishes Read(IReadOnlyList<string> options) => new()
    {
        Cache = options.Contains(ClearCache) ? CacheWish.Clear : options.Contains(NoCache) ? CacheWish.PassOver : CacheWish.Use,
    };

    private static string? MistakeIn(string option) =>
        option is NoCache or ClearCache
            ? null
            : $"SLUG1301: '{Readable.Text(option)}' is not a push option of Slug; expected '{NoCache}' or '{ClearCache}'; push without it";
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
