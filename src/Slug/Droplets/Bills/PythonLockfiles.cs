using System.Buffers;
using System.Text.Json;

namespace Slug.Droplets.Bills;

/// <summary>What Python apps are made of: pins of <c>requirements.txt</c>, the lockfiles of Pipenv, Poetry and uv, and what is installed.</summary>
internal static class PythonLockfiles
{
    private static readonly SearchValues<char> ranges = SearchValues.Create("=*,<>!~");
    private static readonly string[] sections = ["default", "develop"];

    /// <summary><c>name[extra]==1.2.3 ; marker --hash=sha256:…</c>; what is not pinned is no one's version.</summary>
    public static IEnumerable<Package> ReadRequirements(byte[] file)
    {
        foreach (var line in Joined(LockfileText.Lines(file)))
        {
            var words = line.Split(" #")[0].Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            var pin = string.Concat(words.TakeWhile(word => !word.StartsWith("--", StringComparison.Ordinal))).Split(';')[0].Split("==");
            if (line.StartsWith('-') || line.StartsWith('#') || pin is not [var name, var version] || version.AsSpan().ContainsAny(ranges))
                continue;
            yield return Of(name.Split('[')[0], version) with
            {
                Hashes = [.. words.Where(word => word.StartsWith("--hash=", StringComparison.Ordinal)).Select(word => Hash(word["--hash=".Length..])).OfType<PackageHash>()],
            };
        }
    }

    public static IEnumerable<Package> ReadPipfile(byte[] file)
    {
        using var json = LockfileText.Json(file);
        return
        [
            .. from section in sections
               from entry in json.RootElement.Members(section)
               let version = entry.Value.Text("version")
               where version?.StartsWith("==", StringComparison.Ordinal) == true
               select Of(entry.Name, version[2..]) with
               {
                   ForDevelopment = section == "develop",
                   Hashes = [.. entry.Value.Items("hashes").Where(hash => hash.ValueKind == JsonValueKind.String).Select(hash => Hash(hash.GetString()!)).OfType<PackageHash>()],
               },
        ];
    }

    /// <summary><c>poetry.lock</c> and <c>uv.lock</c>: of their TOML, name and version of each package, a line each.</summary>
    public static IEnumerable<Package> ReadPoetry(byte[] file)
    {
        string? name = null, version = null;
        foreach (var line in LockfileText.Lines(file).Append("[end]"))
        {
            if (line.StartsWith('['))
            {
                if (name is not null && version is not null)
                    yield return Of(name, version);
                (name, version) = (line == "[[package]]" ? "" : null, null);
            }
            else if (name == "" && ValueOf(line, "name = ") is { } called)
                name = called;
            else if (ValueOf(line, "version = ") is { } numbered)
                version = numbered;
            else if (line.StartsWith("source = {", StringComparison.Ordinal) && (line.Contains("virtual =", StringComparison.Ordinal) || line.Contains("editable =", StringComparison.Ordinal)))
                name = null;
        }
    }

    /// <summary>The <c>METADATA</c> of an installed package: headers as in a mail, to the first empty line.</summary>
    public static IEnumerable<Package> ReadInstalled(byte[] file)
    {
        var headers = LockfileText.Lines(file).TakeWhile(line => line.Length > 0).Select(line => line.Split(": ", 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1]);
        if (headers["Name"].FirstOrDefault() is { } name && headers["Version"].FirstOrDefault() is { } version)
            yield return Of(name, version) with { Licences = [.. headers["License-Expression"].Concat(headers["License"]).Take(1).Where(licence => licence.Length < 100)] };
    }

    private static Package Of(string name, string version) =>
        new("pypi", null, name.Trim().Replace('_', '-').ToLowerInvariant(), version.Trim());

    private static PackageHash? Hash(string text) => text.Split(':', 2) is [var algorithm, var hex] ? PackageHash.OfHex(algorithm, hex) : null;

    private static string? ValueOf(string line, string key) => line.StartsWith(key, StringComparison.Ordinal) ? line[key.Length..].Trim().Trim('"') : null;

    // A backslash at its end joins a line with the next.
    private static IEnumerable<string> Joined(IEnumerable<string> lines)
    {
        var whole = new System.Text.StringBuilder();
        foreach (var line in lines)
        {
            whole.Append(line.TrimEnd('\\'));
            if (line.EndsWith('\\'))
                continue;
            yield return whole.ToString().Trim();
            whole.Clear();
        }

        yield return whole.ToString().Trim();
    }
}
