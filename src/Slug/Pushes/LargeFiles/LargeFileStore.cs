using Slug.Apps;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Hosting;

namespace Slug.Pushes.LargeFiles;

/// <summary>The files that Git LFS keeps outside of repositories: blob stores for each app, so that none can read another's.</summary>
internal sealed class LargeFileStore(DataDirectory data)
{
    /// <summary>Somebody uploaded it, and counts on it.</summary>
    public bool Holds(Guid app, LargeFilePointer file) => Of(app).Length(file.Digest) == file.Size;

    /// <summary>It was uploaded or fetched.</summary>
    public bool Has(Guid app, LargeFilePointer file) => Holds(app, file) || FetchedOf(app).Length(file.Digest) == file.Size;

    /// <summary>The file's bytes, checked while they are read; null where the app does not have it.</summary>
    public Stream? Open(Guid app, Digest digest) => Of(app).OpenVerified(digest) ?? FetchedOf(app).OpenVerified(digest);

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

    /// <summary>Removes all files of an app that is gone.</summary>
    public void Remove(App app)
    {
        foreach (var folder in ((string[])[FolderOf(app.Id), FetchedFolderOf(app.Id)]).Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
    }

    /// <summary>At start: what a crash left half-written goes.</summary>
    public void Sweep()
    {
        foreach (var folder in Directory.EnumerateDirectories(data.LargeFiles))
            new BlobStore(folder).SweepTemporary();
    }

    /// <summary>The files that were uploaded to one app.</summary>
    public BlobStore Of(Guid app) => new(FolderOf(app));

    /// <summary>Those that were fetched with its commits, and go with them.</summary>
    public BlobStore FetchedOf(Guid app) => new(FetchedFolderOf(app));

    private string FolderOf(Guid app) => Path.Combine(data.LargeFiles, app.ToString("D"));

    private string FetchedFolderOf(Guid app) => $"{FolderOf(app)}.fetched";
}
