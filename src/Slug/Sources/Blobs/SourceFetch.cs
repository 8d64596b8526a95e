using System.Security.Cryptography;
using Slug.Content;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Sources.Blobs;

/// <summary>Brings the archive that becomes a build's source: from this service's own shelf, or from another machine.</summary>
internal sealed class SourceFetch(SourceShelf shelf, RemoteFiles files, RemoteAttempts attempts, DataDirectory data)
{
    /// <summary>All of it, as it was promised, from its first byte on.</summary>
    /// <exception cref="RemoteException">It cannot be had, or is something else.</exception>
    public async Task<Stream> OpenAsync(SourceAddress address, Action<string> say, CancellationToken cancellationToken)
    {
        var archive = address.OnShelf is { } id ? FromShelf(id) : await FromElsewhereAsync(address.Url, say, cancellationToken);
        try
        {
            await CheckAsync(archive, address.Checksum, cancellationToken);
            return archive;
        }
        catch
        {
            await archive.DisposeAsync();
            throw;
        }
    }

    private FileStream FromShelf(Guid id) =>
        shelf.Open(id) ?? throw new RemoteException("SLUG6164: nothing was uploaded to the source's 'put_url', or it is gone again; send the archive there with PUT, then ask for the build");

    private async Task<FileStream> FromElsewhereAsync(RemoteUrl url, Action<string> say, CancellationToken cancellationToken)
    {
        var file = new FileStream(
            Path.Combine(data.Sources, $"{Guid.NewGuid():N}.new"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        try
        {
            await attempts.RunAsync(
                url.ToString(),
                stop =>
                {
                    file.SetLength(0);
                    return files.FetchAsync(url, known: null, file, stop);
                },
                say,
                cancellationToken);
            return file;
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    private static async Task CheckAsync(FileStream archive, Digest? promised, CancellationToken cancellationToken)
    {
        archive.Position = 0;
        if (promised is { } wanted && Digest.FromHash(await SHA256.HashDataAsync(archive, cancellationToken)) is var found && found != wanted)
            throw new RemoteException($"SLUG6165: the source has the checksum 'SHA256:{found.Hex}', not 'SHA256:{wanted.Hex}' as was promised; see that it is the right file and whole, or ask without a checksum");
        archive.Position = 0;
    }
}
