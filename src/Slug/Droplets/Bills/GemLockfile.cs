namespace Slug.Droplets.Bills;

/// <summary><c>Gemfile.lock</c> of Bundler: the gems of its sources, with checksums where it has them.</summary>
internal static class GemLockfile
{
    public static IEnumerable<Package> Read(byte[] file)
    {
        var (section, checksums, gems) = ("", new Dictionary<string, PackageHash>(), new List<(string Entry, Package Gem)>());
        foreach (var line in LockfileText.Lines(file))
        {
            if (line.Length > 0 && line[0] != ' ')
                section = line;
            else if (section == "GEM" && Indent(line) == 4 && EntryOf(line) is (var gem, var version))
                gems.Add(($"{gem} ({version})", Gem(gem, version)));
            else if (section == "CHECKSUMS" && line.Trim().Split(" sha256=") is [var entry, var hex] && PackageHash.OfHex("sha256", hex) is { } hash)
                checksums[entry] = hash;
        }

        return gems.Select(found => checksums.TryGetValue(found.Entry, out var hash) ? found.Gem with { Hashes = [hash] } : found.Gem);
    }

    // nokogiri 1.15.0-x86_64-linux: what follows the dash is the platform.
    private static Package Gem(string name, string version) =>
        version.Split('-', 2) is [var number, var platform]
            ? new("gem", null, name, number) { Qualifiers = $"platform={Uri.EscapeDataString(platform)}" }
            : new("gem", null, name, version);

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;

    private static (string Name, string Version)? EntryOf(string line) =>
        line.Trim().TrimEnd(')').Split(" (") is [var name, var version] ? (name, version) : null;
}
