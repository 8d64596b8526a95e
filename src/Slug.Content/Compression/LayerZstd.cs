namespace Slug.Content.Compression;

/// <summary>How layers are compressed: by whichever program, and on however many cores, a tar becomes the same bytes.</summary>
public static class LayerZstd
{
    private const int Level = 3;

    // One thread alone would be waited for.
    private const long SharedFrom = 16 << 20;

    /// <summary>Starts the frame of a layer.</summary>
    /// <param name="inner">Where the frame goes. It stays open.</param>
    /// <param name="size">The length of the tar in bytes.</param>
    /// <param name="threads">How many may compress a large one, 1 or more.</param>
    public static ZstdCompressStream Start(Stream inner, long size, int threads) =>
        new(inner, Level, size < SharedFrom ? 0 : threads);
}
