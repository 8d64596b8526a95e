using System.Text.Json;

namespace Slug.Droplets.Bills;

/// <summary><c>package-lock.json</c> of npm, versions 1 to 3.</summary>
internal static class NpmLockfile
{
    private const string Folder = "node_modules/";

    public static IEnumerable<Package> Read(byte[] file)
    {
        using var json = LockfileText.Json(file);
        var packages = json.RootElement.Members("packages").ToList();
        return packages.Count > 0 ? [.. packages.SelectMany(Installed)] : [.. Nested(json.RootElement)];
    }

    public static Package? Of(string name, string? version, string? integrity) =>
        // An address in place of a version: it came from no registry.
        version is null || version.Contains(':', StringComparison.Ordinal) || version.Contains('/', StringComparison.Ordinal)
            ? null
            : Package.OfPath("npm", name, version) with { Hashes = PackageHash.OfIntegrity(integrity) is { } hash ? [hash] : [] };

    private static IEnumerable<Package> Installed(JsonProperty entry)
    {
        var place = entry.Name.LastIndexOf(Folder, StringComparison.Ordinal);
        if (place < 0 || entry.Value.Says("link"))
            yield break;
        var name = entry.Value.Text("name") ?? entry.Name[(place + Folder.Length)..];
        if (Of(name, entry.Value.Text("version"), entry.Value.Text("integrity")) is { } package)
            yield return package with
            {
                ForDevelopment = entry.Value.Says("dev") || entry.Value.Says("devOptional"),
                Licences = entry.Value.Text("license") is { } licence ? [licence] : [],
            };
    }

    private static IEnumerable<Package> Nested(JsonElement root)
    {
        var left = new Stack<JsonElement>([root]);
        while (left.TryPop(out var holder))
        {
            foreach (var entry in holder.Members("dependencies"))
            {
                left.Push(entry.Value);
                if (Of(entry.Name, entry.Value.Text("version"), entry.Value.Text("integrity")) is { } package)
                    yield return package with { ForDevelopment = entry.Value.Says("dev") };
            }
        }
    }
}
