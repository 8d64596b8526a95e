namespace Slug.Droplets.Bills;

/// <summary><c>yarn.lock</c> of Yarn 1 and of its later versions, whose files look nearly alike.</summary>
internal static class YarnLockfile
{
    public static IEnumerable<Package> Read(byte[] file)
    {
        string? name = null, version = null, integrity = null;
        foreach (var line in LockfileText.Lines(file).Append("end:"))
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (line[0] != ' ')
            {
                if (name is not null && version?.EndsWith("-use.local", StringComparison.Ordinal) == false && NpmLockfile.Of(name, version, integrity) is { } package)
                    yield return package;
                (name, version, integrity) = (NameOf(line), null, null);
            }
            else if (ValueOf(line, "version") is { } found)
                version = found;
            else if (ValueOf(line, "integrity") is { } promise)
                integrity = promise;
        }
    }

    // "@scope/name@^1.0.0", "@scope/name@npm:^1.1.0":
    private static string? NameOf(string line)
    {
        var first = line.Split(',')[0].Trim('"', ':', ' ');
        var at = first.Length > 1 ? first.IndexOf('@', 1) : -1;
        return at < 0 ? null : first[..at];
    }

    private static string? ValueOf(string line, string key)
    {
        var text = line.AsSpan().Trim();
        if (!text.StartsWith(key) || line[2] == ' ' || text.Length <= key.Length || text[key.Length] is not (' ' or ':'))
            return null;
        return text[(key.Length + 1)..].Trim().Trim('"').ToString();
    }
}
