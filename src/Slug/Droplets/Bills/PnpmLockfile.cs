namespace Slug.Droplets.Bills;

/// <summary><c>pnpm-lock.yaml</c>: its packages stand one to a line, so that no YAML has to be read.</summary>
internal static class PnpmLockfile
{
    private const string Integrity = "integrity: ";

    public static IEnumerable<Package> Read(byte[] file)
    {
        var isInside = false;
        Package? found = null;
        foreach (var line in LockfileText.Lines(file).Append("end:"))
        {
            var isTop = line.Length > 0 && line[0] is not (' ' or '#');
            var isEntry = isInside && line.StartsWith("  ", StringComparison.Ordinal) && line.Length > 2 && line[2] != ' ' && line.EndsWith(':');
            if ((isTop || isEntry) && found is not null)
            {
                yield return found;
                found = null;
            }

            if (isTop)
                isInside = line == "packages:";
            else if (isEntry)
                found = PackageOf(line.Trim().TrimEnd(':').Trim('\'', '"').TrimStart('/'));
            else if (found is not null && line.IndexOf(Integrity, StringComparison.Ordinal) is >= 0 and var place
                && PackageHash.OfIntegrity(line[(place + Integrity.Length)..].Split(',', '}')[0].Trim()) is { } hash)
                found = found with { Hashes = [hash] };
        }
    }

    // name@1.2.3, name@1.2.3(peer@4.5.6), or as the fifth form has it: name/1.2.3_peer@4.5.6.
    private static Package? PackageOf(string key)
    {
        key = key.Split('(')[0];
        var at = key.Length > 1 ? key.IndexOf('@', 1) : -1;
        if (at > 0 && !key[..at].Contains('_', StringComparison.Ordinal))
            return NpmLockfile.Of(key[..at], key[(at + 1)..], null);
        var slash = key.LastIndexOf('/');
        return slash > 0 ? NpmLockfile.Of(key[..slash], key[(slash + 1)..].Split('_')[0], null) : null;
    }
}
