using System.Buffers.Text;

namespace Slug.Downloads;

/// <summary>What a registry says that an archive is: the sha512 of its index.</summary>
internal sealed class Promise
{
    private const string Prefix = "sha512-";
    private const int Length = 64;

    private readonly byte[]? hash;

    private Promise(byte[]? hash) => this.hash = hash;

    /// <summary>That of a registry whose index has no hash: what its own address for the archive answers is the archive.</summary>
    public static Promise OfItsAddress { get; } = new((byte[]?)null);

    /// <summary>Of a subresource integrity (W3C SRI 3.5), which may hold several hashes; null where none of them is a sha512. A sha1 is none: others can be made to fit it.</summary>
    public static Promise? Parse(string? integrity)
    {
        var base64 = integrity?.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault(word => word.StartsWith(Prefix, StringComparison.Ordinal))?[Prefix.Length..];
        return base64 is not null && Base64.IsValid(base64, out var length) && length == Length ? new(Convert.FromBase64String(base64)) : null;
    }

    public bool IsKeptBy(ReadOnlySpan<byte> sha512) => hash is null || sha512.SequenceEqual(hash);
}
