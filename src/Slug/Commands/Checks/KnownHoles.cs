using System.IO.Compression;
using System.Text.RegularExpressions;

namespace Slug.Commands.Checks;

/// <summary>Published holes of a program, and the versions that closed them, one for each branch that is kept alive.</summary>
internal sealed partial record KnownHoles(string Package, IReadOnlyList<string> Names, IReadOnlyList<Version> ClosedIn)
{
    public static readonly KnownHoles Git = new(
        "git", ["CVE-2026-111760", "CVE-2026-113408", "CVE-2026-114467"], [new(2, 50, 2), new(2, 51, 3), new(2, 56, 1)]);

    public static readonly KnownHoles Runc = new(
        "runc", ["CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881"], [new(1, 2, 8), new(1, 3, 3)]);

    /// <summary>The finding for a program of this version.</summary>
    /// <param name="name">The check.</param>
    /// <param name="version">As the program tells it.</param>
    /// <param name="documentation">Debian's folder of changelogs: a fix may have been taken into an older version.</param>
    public Finding Judge(string name, string version, string documentation = "/usr/share/doc")
    {
        if (Number(version) is not { } number || IsClosedIn(number) || AreClosedByDebian(documentation))
            return Finding.Ok(name, version);
        return Finding.Unsafe(
            name, version,
            $"has {string.Join(", ", Names)} (closed in {string.Join(", ", ClosedIn)}); take Debian's update when there is one: apt-get install --only-upgrade {Package}");
    }

    public bool IsClosedIn(Version version) =>
        version >= ClosedIn.Max() || ClosedIn.Any(closed => closed.Major == version.Major && closed.Minor == version.Minor && version >= closed);

    /// <summary>The first number of a text like <c>git version 2.39.5</c> or <c>1.1.5+ds1</c>.</summary>
    public static Version? Number(string text) => Version.TryParse(Numbers().Match(text).Value, out var version) ? version : null;

    private bool AreClosedByDebian(string documentation)
    {
        var changelog = Path.Combine(documentation, Package, "changelog.Debian.gz");
        if (!File.Exists(changelog))
            return false;
        using var reader = new StreamReader(new GZipStream(File.OpenRead(changelog), CompressionMode.Decompress));
        var text = reader.ReadToEnd();
        return Names.All(name => text.Contains(name, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"\d+\.\d+(\.\d+)?")]
    private static partial Regex Numbers();
}
