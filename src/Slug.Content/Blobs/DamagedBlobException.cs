namespace Slug.Content.Blobs;

/// <summary>A blob's bytes on disk are not those that its name promises.</summary>
public sealed class DamagedBlobException(Digest digest, Digest actual)
    : IOException($"blob '{digest}' is damaged: its bytes have the digest '{actual}'; store it again, or restore it from a copy")
{
    /// <summary>The blob's name.</summary>
    public Digest Digest => digest;
}
