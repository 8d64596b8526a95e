namespace Slug.Content.Tar;

/// <summary>A layer that passed: the sha256 of the tar, its length in bytes, and its number of entries.</summary>
public sealed record LayerSummary(Digest DiffId, long Size, int Entries);
