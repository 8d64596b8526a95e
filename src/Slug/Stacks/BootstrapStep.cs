namespace Slug.Stacks;

/// <summary>What mmdebstrap is doing, told from its own progress lines.</summary>
internal static class BootstrapStep
{
    private static readonly (string Line, string Step)[] Known =
    [
        ("I: running apt-get update", "reading the archive's package lists"),
        ("I: downloading packages", "fetching the base system"),
        ("I: installing essential packages", "installing the base system"),
        ("I: installing remaining packages", "installing run packages"),
        ("I: running --customize-hook in shell: sh -c 'tar ", "keeping the run image's files"),
        ("I: running --customize-hook in shell: sh -c 'APT_CONFIG", "installing build packages"),
        ("I: creating tarball", "keeping the build image's files"),
    ];

    /// <summary>Null where the line tells people nothing.</summary>
    public static string? Of(string line) =>
        Known.FirstOrDefault(known => line.StartsWith(known.Line, StringComparison.Ordinal)).Step;
}
