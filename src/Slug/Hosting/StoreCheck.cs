using System.Runtime.CompilerServices;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Pushes.LargeFiles;

namespace Slug.Hosting;

/// <summary>Reads every file that is named by its digest, and looks whether droplets have all of theirs.</summary>
internal sealed class StoreCheck(
    DamagedBlobs damaged, OciLayout images, BlobUses uses, AppStore apps, LargeFileStore largeFiles, UploadedSlugs slugs, BuildCaches caches, BuildpackShelf shelf)
{
    /// <summary>How far it is: at the start, and after each file.</summary>
    public async IAsyncEnumerable<CheckProgress> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var files = await FilesAsync(cancellationToken);
        var progress = new CheckProgress { AllFiles = files.Count, AllBytes = files.Sum(file => file.Size) };
        yield return progress;
        foreach (var file in files)
        {
            var found = await file.IsWhole(cancellationToken) ? null : await FoundAsync(file, cancellationToken);
            yield return progress = progress with { Files = progress.Files + 1, Bytes = progress.Bytes + file.Size, Found = found };
        }
    }

    private async Task<IReadOnlyList<NamedFile>> FilesAsync(CancellationToken cancellationToken)
    {
        var owners = await apps.ListAsync(cancellationToken);
        var uploaded = new List<NamedFile>();
        foreach (var app in owners)
            uploaded.AddRange((await slugs.ListAsync(app, cancellationToken)).SelectMany(slug => ArchivesOf(app, slug)));
        return
        [
            .. images.Blobs.List().Union(await uses.AllAsync(cancellationToken)).Select(blob =>
                new NamedFile("blob", blob, images.Blobs.PathOf(blob), token => IsWholeAsync(blob, token), token => uses.OfAsync(blob, token))),
            .. owners.SelectMany(LargeFilesOf),
            .. uploaded,
            .. owners.SelectMany(CachesOf),
            .. shelf.List().Select(tar => new NamedFile(
                "buildpack", tar, shelf.PathOf(tar), token => HasDigestAsync(shelf.PathOf(tar), tar, token),
                Of("builds", "remove the file, then 'slug down' and 'slug up': those that come with Slug are packed again, others fetched by the next push"))),
        ];
    }

    private IEnumerable<NamedFile> LargeFilesOf(App app) =>
        LargeFilesOf(app, largeFiles.Of(app.Id), "remove the file, then run where the repository is: git lfs push --all")
            .Concat(LargeFilesOf(app, largeFiles.FetchedOf(app.Id), "remove the file; the next build of a fetched commit that names it fetches it again"));

    private static IEnumerable<NamedFile> LargeFilesOf(App app, BlobStore store, string remedy) =>
        store.List().Select(file => new NamedFile("large file", file, store.PathOf(file), token => HasDigestAsync(store.PathOf(file), file, token), Of($"{app.Name}", remedy)));

    private IEnumerable<NamedFile> ArchivesOf(App app, Guid slug)
    {
        var store = largeFiles.Of(slug);
        return store.List().Select(file => new NamedFile(
            "uploaded slug", file, store.PathOf(file), token => HasDigestAsync(store.PathOf(file), file, token),
            Of($"{app.Name}", "remove the file: its droplet starts and is given out without it; only to be made again it has to be uploaded again")));
    }

    private IEnumerable<NamedFile> CachesOf(App app) =>
        caches.Of(app).Select(cache => new NamedFile(
            "build cache", cache.Digest, cache.Path, token => HasDigestAsync(cache.Path, cache.Digest, token),
            Of($"{app.Name}", $"slug cache {app.Name} clear; the next build leaves another")));

    // One that is gone and that nothing is made of was swept meanwhile.
    private async Task<bool> IsWholeAsync(Digest blob, CancellationToken cancellationToken) =>
        await damaged.IsWholeAsync(blob, cancellationToken)
        || (!images.Blobs.Contains(blob) && !(await damaged.ListAsync(cancellationToken)).Contains(blob));

    private static async Task<bool> HasDigestAsync(string path, Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 0);
            await using var read = new DigestStream(file);
            await read.CopyToAsync(Stream.Null, cancellationToken);
            return read.Finish() == digest;
        }
        catch (IOException)
        {
            // It cannot be read, or it was replaced or removed in this moment.
            return !File.Exists(path);
        }
    }

    private static Func<CancellationToken, Task<IReadOnlyList<FileUse>>> Of(string whose, string remedy) =>
        _ => Task.FromResult<IReadOnlyList<FileUse>>([new(whose, remedy)]);

    private static async Task<DamagedFile> FoundAsync(NamedFile file, CancellationToken cancellationToken) =>
        new(file.Kind, file.Digest, file.Path, !File.Exists(file.Path), await file.Uses(cancellationToken));

    private sealed record NamedFile(
        string Kind, Digest Digest, string Path, Func<CancellationToken, Task<bool>> IsWhole, Func<CancellationToken, Task<IReadOnlyList<FileUse>>> Uses)
    {
        public long Size { get; } = new FileInfo(Path) is { Exists: true } file ? file.Length : 0;
    }
}

/// <summary>How many files and bytes are checked, of how many; and what the last file is where it is damaged.</summary>
internal sealed record CheckProgress
{
    public int Files { get; init; }

    public int AllFiles { get; init; }

    public long Bytes { get; init; }

    public long AllBytes { get; init; }

    public DamagedFile? Found { get; init; }
}

/// <summary>A file that is gone, or has other bytes than its digest says; and of whose it is.</summary>
internal sealed record DamagedFile(string Kind, Digest Digest, string Path, bool Gone, IReadOnlyList<FileUse> Uses);

/// <summary>What needs a file, and how it is made again.</summary>
internal sealed record FileUse(string Whose, string Remedy);
