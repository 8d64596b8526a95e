using Slug.Content;
using Slug.Content.Blobs;
using Slug.Hosting;

namespace Slug.Pushes.LargeFiles;

/// <summary>
/// The files that Git LFS keeps outside of repositories: blob stores for each app, so that none can read another's. A slug that was uploaded
/// has its archive in one of its own.
/// </summary>
internal sealed class LargeFileStore(DataDirectory data)
{
    /// <summary>Somebody uploaded it, and counts on it.</summary>
    public bool Holds(Guid owner, LargeFilePointer file) => Of(owner).Length(file.Digest) == file.Size;

    /// <summary>It was uploaded or fetched.</summary>
    public bool Has(Guid owner, LargeFilePointer file) => Holds(owner, file) || FetchedOf(owner).Length(file.Digest) == file.Size;

    /// <summary>The file's bytes, checked while they are read; null where the owner does not have it.</summary>
    public Stream? Open(Guid owner, Digest digest) => Of(owner).OpenVerified(digest) ?? FetchedOf(owner).OpenVerified(digest);

    /// <summary>Takes a file in; it is there when this returns.</summary>
    /// <exception cref="InvalidDataException">The bytes are not what the digest promises: nothing of them is kept.</exception>
    public static Task ReceiveAsync(BlobStore store, Digest digest, Stream body, CancellationToken cancellationToken) =>
        store.WriteAsync(
            async (file, cancellation) =>
            {
                await using var hashed = new DigestStream(body);
                await hashed.CopyToAsync(file, cancellation);
                if (hashed.Finish() is var found && found != digest)
                    throw new InvalidDataException($"the file has the digest '{found.Hex}'");
            },
            cancellationToken);

    /// <summary>Removes all files of an app or slug that is gone.</summary>
    public void Remove(Guid owner)
    {
        foreach (var folder in ((string[])[FolderOf(owner), FetchedFolderOf(owner)]).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>The apps and slugs that have files, whether there still are such or not.</summary>
    public IReadOnlyList<Guid> Owners() =>
        [.. Directory.EnumerateDirectories(data.LargeFiles).Select(folder => Guid.TryParseExact(Path.GetFileName(folder), "D", out var owner) ? owner : Guid.Empty).Where(owner => owner != Guid.Empty)];

    /// <summary>Bytes of all files of one.</summary>
    public long SizeOf(Guid owner) => new DirectoryInfo(FolderOf(owner)) is { Exists: true } folder ? folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(data.LargeFiles))
            new BlobStore(folder).SweepTemporary();
    }

    /// <summary>The files that were uploaded to one.</summary>
    public BlobStore Of(Guid owner) => new(FolderOf(owner));

    /// <summary>Those that were fetched with an app's commits, and go with them.</summary>
    public BlobStore FetchedOf(Guid app) => new(FetchedFolderOf(app));

    private string FolderOf(Guid owner) => Path.Combine(data.LargeFiles, owner.ToString("D"));

    private string FetchedFolderOf(Guid app) => $"{FolderOf(app)}.fetched";
}
