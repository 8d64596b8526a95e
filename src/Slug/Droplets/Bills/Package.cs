using System.Text;

namespace Slug.Droplets.Bills;

/// <summary>A package that a lockfile names. Kind is that of its package URL: npm, nuget, pypi, gem, golang, maven, composer, deb.</summary>
internal sealed record Package(string Kind, string? Group, string Name, string Version)
{
    /// <summary>No honest name or version is longer.</summary>
    private const int LongestText = 300;

    public IReadOnlyList<string> Licences { get; init; } = [];

    public IReadOnlyList<PackageHash> Hashes { get; init; } = [];

    /// <summary>For development alone: not needed when the app runs.</summary>
    public bool ForDevelopment { get; init; }

    /// <summary>Of the package URL; null for none.</summary>
    public string? Qualifiers { get; init; }

    public bool IsHonest =>
        Name.Length > 0 && Version.Length > 0 && (Group?.Length ?? 0) + Name.Length + Version.Length <= LongestText
        && !Name.Any(char.IsControl) && !Version.Any(char.IsControl) && Group?.Any(char.IsControl) != true;

    /// <summary>pkg:kind/group/name@version, each part escaped.</summary>
    public string Url
    {
        get
        {
            var url = new StringBuilder("pkg:").Append(Kind).Append('/');
            foreach (var part in Group?.Split('/') ?? [])
                url.Append(Uri.EscapeDataString(part)).Append('/');
            url.Append(Uri.EscapeDataString(Name)).Append('@').Append(Uri.EscapeDataString(Version));
            return Qualifiers is null ? url.ToString() : url.Append('?').Append(Qualifiers).ToString();
        }
    }

    /// <summary>A name with slashes in it: what stands before the last is the group.</summary>
    public static Package OfPath(string kind, string path, string version)
    {
        var slash = path.LastIndexOf('/');
        return slash < 0 ? new(kind, null, path, version) : new(kind, path[..slash], path[(slash + 1)..], version);
    }
}

/// <summary>A digest of a package, as CycloneDX writes it: SHA-512 and hex digits.</summary>
internal sealed record PackageHash(string Alg, string Content)
{
    /// <summary>Reads sha512-BASE64 (Subresource Integrity); of several, the first. Null where it is none.</summary>
    public static PackageHash? OfIntegrity(string? text)
    {
        if (text?.Split(' ')[0].Split('-', 2) is not [var algorithm, var encoded])
            return null;
        var bytes = new byte[64];
        return Convert.TryFromBase64String(encoded, bytes, out var length) ? OfBytes(algorithm, bytes.AsSpan(0, length)) : null;
    }

    /// <summary>Reads the hex digits of an algorithm; null where they are none of it.</summary>
    public static PackageHash? OfHex(string algorithm, string? hex) =>
        hex is { Length: > 0 and <= 128 } && hex.Length % 2 == 0 && hex.All(char.IsAsciiHexDigit) ? OfBytes(algorithm, Convert.FromHexString(hex)) : null;

    private static PackageHash? OfBytes(string algorithm, ReadOnlySpan<byte> bytes) => (algorithm, bytes.Length) switch
    {
        ("sha512", 64) => new("SHA-512", Convert.ToHexStringLower(bytes)),
        ("sha384", 48) => new("SHA-384", Convert.ToHexStringLower(bytes)),
        ("sha256", 32) => new("SHA-256", Convert.ToHexStringLower(bytes)),
        ("sha1", 20) => new("SHA-1", Convert.ToHexStringLower(bytes)),
        _ => null,
    };
}
