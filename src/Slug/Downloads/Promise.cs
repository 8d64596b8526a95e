using System.Buffers.Text;
using Slug.Content;

namespace Slug.Downloads;

/// <summary>What an archive has to be: what has the hash that an index gives.</summary>
internal sealed class Promise
{
    private const string Prefix = "sha512-";
    private const int Length = 64;

    private Promise()
    {
    }

    private byte[]? Sha512 { get; init; }

    private Digest? Sha256 { get; init; }

    /// <summary>That of a registry whose index has no hash: what its own address for the archive answers is the archive.</summary>
    public static Promise OfItsAddress { get; } = new();

    public static Promise Of(Digest sha256) => new() { Sha256 = sha256 };

    /// <summary>Of a subresource integrity (W3C SRI 3.5), which may hold several hashes; null where none of them is a sha512. A sha1 is none: others can be made to fit it.</summary>
    public static Promise? Parse(string? integrity)
    {
        var base64 = integrity?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
        return base64 is not null && Base64.IsValid(base64, out var length) && length == Length ? new() { Sha512 = Convert.FromBase64String(base64) } : null;
    }

    public bool IsKeptBy(ReadOnlySpan<byte> sha512, Digest sha256) =>
        (Sha512 is null || sha512.SequenceEqual(Sha512)) && (Sha256 is null || Sha256 == sha256);
}
