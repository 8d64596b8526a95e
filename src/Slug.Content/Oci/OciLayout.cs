using Slug.Content.Blobs;

namespace Slug.Content.Oci;

/// <summary>
/// Images in a directory as every OCI tool reads it (OCI image spec 1.1, image-layout.md): <c>oci-layout</c>, <c>index.json</c>, <c>blobs/</c>.
/// One process changes the index at a time; its file is replaced at once, so that a reader or a crash never meets half of it.
/// </summary>
public sealed class OciLayout : IDisposable
{
    private const int LargestDocument = 4 * 1024 * 1024;

    private readonly string directory;
    private readonly SemaphoreSlim changing = new(1);

    /// <summary>Opens a layout, and starts an empty one where there is none.</summary>
    /// <exception cref="IOException">The directory cannot be written.</exception>
    public OciLayout(string directory)
    {
        this.directory = directory;
        Blobs = new(directory);
        Durable.CreateDirectory(directory);
        if (!File.Exists(IndexPath))
            Replace(IndexPath, OciJson.Write(new ImageIndex { Manifests = [] }));
        if (!File.Exists(MarkerPath))
            Replace(MarkerPath, OciJson.Write(new LayoutMarker()));
    }

    /// <summary>Configs, manifests and layers.</summary>
    public BlobStore Blobs { get; }

    private string IndexPath => Path.Combine(directory, "index.json");

    private string MarkerPath => Path.Combine(directory, "oci-layout");

    /// <summary>The manifests that the layout names.</summary>
    /// <exception cref="InvalidDataException"><c>index.json</c> is no index.</exception>
    public async Task<ImageIndex> ReadIndexAsync(CancellationToken cancellationToken) =>
        OciJson.ReadIndex(await File.ReadAllBytesAsync(IndexPath, cancellationToken));

    /// <summary>Replaces the index by what <paramref name="change"/> makes of it. Changes of this instance follow one another; none is lost.</summary>
    /// <exception cref="InvalidDataException"><c>index.json</c> is no index.</exception>
    /// <exception cref="IOException">The disk is full or failing; the index is as it was.</exception>
    public async Task ChangeIndexAsync(Func<ImageIndex, ImageIndex> change, CancellationToken cancellationToken)
    {
        await changing.WaitAsync(cancellationToken);
        try
        {
            Replace(IndexPath, OciJson.Write(change(await ReadIndexAsync(cancellationToken))));
        }
        finally
        {
            changing.Release();
        }
    }

    /// <summary>A manifest, its bytes verified.</summary>
    /// <returns>Null when there is no such blob.</returns>
    /// <exception cref="DamagedBlobException">Its bytes are not what its name promises.</exception>
    /// <exception cref="InvalidDataException">It is no manifest, or larger than 4 MiB.</exception>
    public async Task<ImageManifest?> ReadManifestAsync(Digest digest, CancellationToken cancellationToken) =>
        await ReadDocumentAsync(digest, cancellationToken) is { } json ? OciJson.ReadManifest(json) : null;

    /// <summary>A config, its bytes verified.</summary>
    /// <returns>Null when there is no such blob.</returns>
    /// <exception cref="DamagedBlobException">Its bytes are not what its name promises.</exception>
    /// <exception cref="InvalidDataException">It is no config, or larger than 4 MiB.</exception>
    public async Task<ImageConfig?> ReadConfigAsync(Digest digest, CancellationToken cancellationToken) =>
        await ReadDocumentAsync(digest, cancellationToken) is { } json ? OciJson.ReadConfig(json) : null;

    /// <inheritdoc/>
    public void Dispose() => changing.Dispose();

    private async Task<byte[]?> ReadDocumentAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var blob = Blobs.OpenVerified(digest);
        if (blob is null)
            return null;
        if (blob.Length > LargestDocument)
            throw new InvalidDataException($"blob '{digest}' has {blob.Length} bytes; an OCI document has at most {LargestDocument}");
        // To its very end: a blob cut to nothing is found there.
        using var json = new MemoryStream((int)blob.Length);
        await blob.CopyToAsync(json, cancellationToken);
        return json.ToArray();
    }

    private static void Replace(string path, byte[] content)
    {
        var temporary = $"{path}.new";
        using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }

        Durable.Rename(temporary, path);
    }
}
