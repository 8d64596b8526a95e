namespace Slug.Pushes;

/// <summary>What a pusher asks for with <c>git push -o NAME=VALUE</c>, for this one push.</summary>
internal sealed record PushWishes
{
    private const string Buildpack = "buildpack=";

    /// <summary>The buildpacks that compile it, in order; none where the app itself chooses.</summary>
    public IReadOnlyList<string> Buildpacks { get; init; } = [];

    /// <summary>To be tested, not released: for who asks by the API.</summary>
    public bool IsTest { get; init; }

    /// <summary>Why the push is refused for one of its options; null where all are good.</summary>
    public static string? MistakeIn(IReadOnlyList<string> options) => options.Select(MistakeIn).FirstOrDefault(mistake => mistake is not null);

    /// <summary>Reads options that hold no mistake.</summary>
    public static PushWishes Read(IReadOnlyList<string> options) => new()
    {
        Buildpacks = [.. options.Where(option => option.StartsWith(Buildpack, StringComparison.Ordinal)).Select(option => option[Buildpack.Length..].Trim())],
    };

    private static string? MistakeIn(string option) =>
        option.StartsWith(Buildpack, StringComparison.Ordinal)
            ? null
            : $"SLUG1301: '{Readable.Text(option)}' is not a push option of Slug; expected 'buildpack=ADDRESS'; push without it";
}
