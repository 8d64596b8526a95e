using System.Formats.Tar;
using System.Text.RegularExpressions;

namespace Slug.Stacks;

/// <summary>What of a bootstrapped root file system belongs in an image: nothing of the machine or the moment it was made on.</summary>
internal static partial class RootRules
{
    /// <summary>Where the bootstrap keeps its own settings for dpkg.</summary>
    public const string DpkgOptions = "/etc/dpkg/dpkg.cfg.d/slug";

    private const UnixFileMode SetId = UnixFileMode.SetUser | UnixFileMode.SetGroup;

    public static bool Keep(string path, TarEntryType type) => type switch
    {
        _ when path.Length == 0 => false,
        TarEntryType.Directory => !EmptyFolders().IsMatch(path),
        TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.HardLink or TarEntryType.SymbolicLink =>
            !EmptyFolders().IsMatch(path) && !Traces().IsMatch(path),
        // Devices and FIFOs: the engine brings its own /dev.
        _ => false,
    };

    /// <summary>No program of an image gains rights by being started.</summary>
    public static RootEntry Clean(RootEntry entry) =>
        entry.Type == TarEntryType.RegularFile ? entry with { Mode = entry.Mode & ~SetId } : entry;

    /// <summary>Folders that stay, with nothing in them.</summary>
    [GeneratedRegex(@"\A(?:dev|proc|sys|run|tmp|var/tmp|var/lib/apt/lists)/")]
    private static partial Regex EmptyFolders();

    /// <summary>Logs, caches, locks, backups, and what names the machine that made them.</summary>
    [GeneratedRegex("""
        \A(?:
          var/(?:log|cache)/.*
        | var/lib/dpkg/(?:.*-old|lock.*|triggers/Lock|updates/.*)
        | var/lib/dbus/machine-id
        | var/lib/apt/daily_lock
        | etc/(?:hostname|hosts|resolv\.conf|machine-id|\.pwd\.lock|[a-z]+-)
        | etc/apt/apt\.conf\.d/(?:00|99)mmdebstrap
        | etc/dpkg/dpkg\.cfg\.d/(?:slug|99mmdebstrap)
        )\z
        """, RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Traces();
}
