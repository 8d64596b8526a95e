using System.Text.Json;

namespace Slug.Droplets.Bills;

/// <summary>What .NET apps are made of: <c>packages.lock.json</c>, and <c>*.deps.json</c> of what was published.</summary>
internal static class NuGetLockfile
{
    public static IEnumerable<Package> Read(byte[] file)
    {
        using var json = LockfileText.Json(file);
        return
        [
            .. from framework in json.RootElement.Members("dependencies")
               where framework.Value.ValueKind == JsonValueKind.Object
               from entry in framework.Value.EnumerateObject()
               where entry.Value.Text("type") != "Project"
               let version = entry.Value.Text("resolved")
               where version is not null
               select new Package("nuget", null, entry.Name, version) { Hashes = Hash("sha512-" + entry.Value.Text("contentHash")) },
        ];
    }

    public static IEnumerable<Package> ReadPublished(byte[] file)
    {
        const string runtime = "runtimepack.";
        using var json = LockfileText.Json(file);
        return
        [
            .. from entry in json.RootElement.Members("libraries")
               let kind = entry.Value.Text("type")
               where kind is "package" or "runtimepack"
               let parts = entry.Name.Split('/')
               where parts.Length == 2
               let name = parts[0].StartsWith(runtime, StringComparison.Ordinal) ? parts[0][runtime.Length..] : parts[0]
               select new Package("nuget", null, name, parts[1]) { Hashes = Hash(entry.Value.Text("sha512")) },
        ];
    }

    private static IReadOnlyList<PackageHash> Hash(string? integrity) => PackageHash.OfIntegrity(integrity) is { } hash ? [hash] : [];
}
