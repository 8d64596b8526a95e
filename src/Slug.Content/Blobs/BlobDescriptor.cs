namespace Slug.Content.Blobs;

/// <summary>A blob that is in the store: its digest and its length in bytes.</summary>
public readonly record struct BlobDescriptor(Digest Digest, long Size);
