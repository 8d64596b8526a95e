using System.Globalization;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Remotes;

namespace Slug.Sources.LargeFiles;

/// <summary>Brings the large files of what was fetched from where it was fetched. Those that are here are not asked for.</summary>
internal sealed class LargeFileFetch(LargeFileServer server, LargeFileStore store)
{
    // git-lfs does as many: addresses that are given out do not grow old in a batch.
    private const int InOneBatch = 100;
    private const int AtOnce = 4;

    /// <summary>Gives what came, in words; null where nothing was missing.</summary>
    /// <exception cref="RemoteException">One cannot be had.</exception>
    public async Task<string?> RunAsync(Push push, NamedFiles named, CancellationToken cancellationToken)
    {
        var missing = named.Files.Where(file => !store.Has(push.App.Id, file.Pointer)).ToList();
        if (missing.Count == 0)
            return null;
        // What comes with a fetched commit goes with it; what comes with a push stays, as all of a push does.
        var destination = push.Origin is null ? store.Of(push.App.Id) : store.FetchedOf(push.App.Id);
        foreach (var batch in missing.Chunk(InOneBatch))
            await FetchAsync(new(named.Repository, push.Origin), batch, destination, cancellationToken);
        return string.Create(CultureInfo.InvariantCulture,
            $"-----> Git LFS: {missing.Count} {(missing.Count == 1 ? "file" : "files")}, {ByteSize.InWords(missing.Sum(file => file.Pointer.Size))}, from {named.Repository.AbsoluteUri}");
    }

    private async Task FetchAsync(LargeFileAddress address, PointerFile[] batch, BlobStore destination, CancellationToken cancellationToken)
    {
        var answer = await server.AskAsync(address, batch, cancellationToken);
        await Parallel.ForEachAsync(
            batch, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (file, stop) => await server.ReceiveAsync(address, file, answer, destination, stop));
    }
}
