using Slug.Content.Tar;

namespace Slug.Builder;

/// <summary>What a build survives, in words.</summary>
internal static class BuildWarning
{
    private const int MostNamed = 5;

    public static string Negation(int line) =>
        $"SLUG3113: .slugignore line {line} begins with '!', which has no effect; expected patterns of what to leave out; remove the line, or write '\\!'";

    public static string CacheUnusable(string mistake) =>
        $"SLUG3131: build cache cannot be restored, '{mistake}'; building without it";

    public static string CacheNotMeasured(string mistake) =>
        $"SLUG3300: build cache cannot be measured, '{mistake}'; it is kept as it is where it is not too large";

    public static string StepUnusable(string buildpack, string mistake) =>
        $"SLUG3402: what is kept of {buildpack}'s dependencies cannot be used, '{mistake}'; they are made again";

    public static string Dropped(IReadOnlyList<DroppedTrait> dropped)
    {
        var named = string.Join(", ", dropped.Take(MostNamed).Select(lost => $"'{lost.Path}' ({lost.Name})"));
        var more = dropped.Count > MostNamed ? $" and {dropped.Count - MostNamed} more" : "";
        return $"SLUG3172: the slug keeps no setuid bits and no extended attributes: {named}{more}; what needs them works otherwise when it runs";
    }

    public static string ExportFailed(string buildpack, int exitCode) =>
        $"SLUG3142: export of buildpack '{buildpack}' ended with {exitCode}; later buildpacks do without it";

    public static string ReleaseFailed(string buildpack, int exitCode) =>
        $"SLUG3153: bin/release of buildpack '{buildpack}' exited with {exitCode}; its default process types are left out";
}
