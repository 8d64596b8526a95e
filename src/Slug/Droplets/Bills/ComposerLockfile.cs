using System.Text.Json;

namespace Slug.Droplets.Bills;

/// <summary><c>composer.lock</c> of PHP.</summary>
internal static class ComposerLockfile
{
    private static readonly string[] sections = ["packages", "packages-dev"];

    public static IEnumerable<Package> Read(byte[] file)
    {
        using var json = LockfileText.Json(file);
        return
        [
            .. from section in sections
               from entry in json.RootElement.Items(section)
               let name = entry.Text("name")
               let version = entry.Text("version")
               where name is not null && version is not null
               select Package.OfPath("composer", name, version) with
               {
                   ForDevelopment = section == "packages-dev",
                   Licences = [.. entry.Items("license").Where(licence => licence.ValueKind == JsonValueKind.String).Select(licence => licence.GetString()!)],
                   Hashes = Checksum(entry) is { } hash ? [hash] : [],
               },
        ];
    }

    private static PackageHash? Checksum(JsonElement entry) =>
        entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("dist", out var dist) ? PackageHash.OfHex("sha1", dist.Text("shasum")) : null;
}
