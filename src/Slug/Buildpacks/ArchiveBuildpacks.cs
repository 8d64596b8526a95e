using System.IO.Compression;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>Buildpacks that are gzip'ed tars elsewhere: fetched where the server does not say that they are what they were.</summary>
internal sealed class ArchiveBuildpacks(RemoteFiles files, FetchedBuildpacks fetched, BuildpackUnpacking unpacking, DataDirectory data)
{
    /// <exception cref="RemoteException">The file cannot be had.</exception>
    /// <exception cref="BuildpackException">It is no archive of a buildpack.</exception>
    public async Task<FetchedBuildpack> FetchAsync(BuildpackAddress.Archive address, CancellationToken cancellationToken)
    {
        var known = await fetched.FindAsync(address.Url, null, cancellationToken);
        await using var file = Temporary();
        if (await files.FetchAsync(address.Url, known?.Revision, file, cancellationToken) is not { } revision)
            return known!;
        file.Position = 0;
        await using var tar = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
        var buildpack = new FetchedBuildpack { Revision = revision, Digest = await unpacking.ShelveAsync(address, tar, cancellationToken) };
        await fetched.KeepAsync(address.Url, null, buildpack, cancellationToken);
        return buildpack;
    }

    private FileStream Temporary() => new(
        Path.Combine(data.Temporary, $"buildpack-{Guid.NewGuid():N}.tgz"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
}
