namespace Slug.Droplets.Bills;

/// <summary>dpkg's list of what is installed: <c>/var/lib/dpkg/status</c>, or files of its form, a package each, in <c>status.d</c>.</summary>
internal static class DebianStatus
{
    public static IEnumerable<Package> Read(byte[] file)
    {
        var fields = new Dictionary<string, string>();
        foreach (var line in LockfileText.Lines(file).Append(""))
        {
            if (line.Length == 0)
            {
                if (PackageOf(fields) is { } package)
                    yield return package;
                fields.Clear();
            }
            else if (line[0] != ' ' && line.Split(": ", 2) is [var name, var value])
                fields[name] = value;
        }
    }

    // What was removed and left its configuration behind is still listed.
    private static Package? PackageOf(Dictionary<string, string> fields) =>
        fields.TryGetValue("Package", out var name) && fields.TryGetValue("Version", out var version)
        && (!fields.TryGetValue("Status", out var status) || status.EndsWith(" installed", StringComparison.Ordinal))
            ? new("deb", "debian", name, version) { Qualifiers = fields.TryGetValue("Architecture", out var architecture) ? $"arch={Uri.EscapeDataString(architecture)}" : null }
            : null;
}
