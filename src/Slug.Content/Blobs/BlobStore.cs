namespace Slug.Content.Blobs;

/// <summary>
/// Blobs as files named by their sha256, in <c>blobs/sha256/</c> of a directory as the OCI image layout has it (image-layout.md).
/// A blob is there whole or not at all, also after a power cut; writers and readers of one store may be many, in several processes.
/// </summary>
/// <param name="directory">The layout's root. Its folders are created when the first blob is written.</param>
public sealed class BlobStore(string directory)
{
    private const int Unbuffered = 0;
    private const int CopySize = 256 * 1024;

    private readonly string blobs = Path.Combine(directory, "blobs", "sha256");
    private readonly string temporary = Path.Combine(directory, "temporary");

    /// <summary>Stores what <paramref name="write"/> writes. The same bytes twice are one blob; writing a damaged blob again mends it.</summary>
    /// <returns>Digest and length, once the blob is on disk under its name.</returns>
    /// <exception cref="IOException">The disk is full or failing. Whatever ends the call early, nothing of the blob remains.</exception>
    public Task<BlobDescriptor> WriteAsync(Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken) =>
        WriteAsync(write, static _ => Task.CompletedTask, cancellationToken);

    /// <summary>Stores what <paramref name="write"/> writes, as above.</summary>
    /// <param name="write">Writes the blob.</param>
    /// <param name="beforeNaming">Is waited for when the bytes are on disk and have no name yet.</param>
    /// <param name="cancellationToken">Ends it; nothing of the blob remains.</param>
    public Task<BlobDescriptor> WriteAsync(
        Func<Stream, CancellationToken, Task> write, Func<CancellationToken, Task> beforeNaming, CancellationToken cancellationToken) =>
        WriteHashedAsync(
            async (file, stopped) =>
            {
                await using var hashed = new DigestStream(file);
                await write(hashed, stopped);
                return new(hashed.Finish(), hashed.Length);
            },
            beforeNaming,
            cancellationToken);

    /// <summary>Stores what <paramref name="write"/> writes and has hashed itself, so that it is hashed once.</summary>
    /// <param name="write">Writes the blob, and gives the digest and the length of what it wrote.</param>
    /// <param name="beforeNaming">As above.</param>
    /// <param name="cancellationToken">As above.</param>
    public async Task<BlobDescriptor> WriteHashedAsync(
        Func<Stream, CancellationToken, Task<BlobDescriptor>> write, Func<CancellationToken, Task> beforeNaming, CancellationToken cancellationToken)
    {
        Durable.CreateDirectory(blobs);
        Durable.CreateDirectory(temporary);
        var path = Path.Combine(temporary, Guid.NewGuid().ToString("N"));
        try
        {
            // FileShare.Read is a shared lock: it keeps SweepTemporary off, yet lets readers in as soon as the blob has its name.
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, Unbuffered);
            var blob = await write(file, cancellationToken);
            file.Flush(flushToDisk: true);
            await beforeNaming(cancellationToken);
            Durable.Rename(path, PathOf(blob.Digest));
            return blob;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Stores bytes at hand.</summary>
    /// <exception cref="IOException">The disk is full or failing.</exception>
    public async Task<Digest> WriteAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var blob = await WriteAsync(async (stream, cancellation) => await stream.WriteAsync(content, cancellation), cancellationToken);
        return blob.Digest;
    }

    /// <summary>
    /// A blob's bytes, hashed while they are read: the read that reaches the end throws <see cref="DamagedBlobException"/>
    /// when they are not what the name promises. What was read before is not to be trusted until then.
    /// </summary>
    /// <returns>A stream with a length and no seeking; null when there is no such blob.</returns>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public Stream? OpenVerified(Digest digest)
    {
        var path = PathOf(digest);
        try
        {
            return new VerifiedStream(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, Unbuffered), digest);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Reads a blob from end to end.</summary>
    /// <exception cref="DamagedBlobException">Its bytes are not what its name promises.</exception>
    /// <exception cref="FileNotFoundException">There is no such blob.</exception>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public async Task VerifyAsync(Digest digest, CancellationToken cancellationToken)
    {
        await using var blob = OpenVerified(digest)
            ?? throw new FileNotFoundException($"blob '{digest}' is not in the store", PathOf(digest));
        await blob.CopyToAsync(Stream.Null, CopySize, cancellationToken);
    }

    /// <summary>Whether there is such a blob and all of its bytes, read from end to end, are what its name promises. One that cannot be read is not whole.</summary>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public async Task<bool> IsWholeAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            await VerifyAsync(digest, cancellationToken);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Whether there is such a blob, damaged or not.</summary>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public bool Contains(Digest digest) => File.Exists(PathOf(digest));

    /// <summary>A blob's length in bytes; null when there is no such blob.</summary>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public long? Length(Digest digest) =>
        new FileInfo(PathOf(digest)) is { Exists: true } file ? file.Length : null;

    /// <summary>Removes a blob; one that is not there is no error. Who is reading it reads on.</summary>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public void Delete(Digest digest)
    {
        var path = PathOf(digest);
        if (File.Exists(path))
            File.Delete(path);
    }

    /// <summary>All blobs, in no order.</summary>
    public IEnumerable<Digest> List()
    {
        if (!Directory.Exists(blobs))
            yield break;
        foreach (var path in Directory.EnumerateFiles(blobs))
        {
            if (Digest.TryParse($"sha256:{Path.GetFileName(path)}", null, out var digest))
                yield return digest;
        }
    }

    /// <summary>Removes what writers left behind that died. Files of living writers, of any process, stay.</summary>
    public void SweepTemporary()
    {
        if (!Directory.Exists(temporary))
            return;
        foreach (var path in Directory.EnumerateFiles(temporary))
        {
            try
            {
                using var abandoned = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, Unbuffered, FileOptions.DeleteOnClose);
            }
            catch (IOException)
            {
                // Its writer holds the lock, or has just given it its name.
            }
        }
    }

    /// <summary>The file of a blob, be it there or not.</summary>
    /// <exception cref="ArgumentException">The digest is <c>default</c>.</exception>
    public string PathOf(Digest digest) =>
        digest == default
            ? throw new ArgumentException("a default Digest names no blob", nameof(digest))
            : Path.Combine(blobs, digest.Hex);
}
