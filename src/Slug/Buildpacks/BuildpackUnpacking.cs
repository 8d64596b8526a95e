using Slug.Content;
using Slug.Content.Tar;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Buildpacks;

/// <summary>Puts a stranger's tar on the shelf: unpacked within limits, looked at, and packed as every buildpack is.</summary>
internal sealed class BuildpackUnpacking(BuildpackShelf shelf, DataDirectory data, RemoteOptions options)
{
    /// <exception cref="BuildpackException">It cannot be unpacked, or holds no buildpack.</exception>
    /// <exception cref="RemoteException">It is too large.</exception>
    public async Task<Digest> ShelveAsync(BuildpackAddress address, Stream tar, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(data.Temporary, $"buildpack-{Guid.NewGuid():N}");
        try
        {
            await TarExtraction.ExtractAsync(new LimitedReading(tar, options.Limit), folder, cancellationToken);
            return await shelf.PackAsync(RootOf(folder, address), cancellationToken);
        }
        catch (LargerThanAllowedException)
        {
            throw RemoteException.TooLarge(address.ToString(), options.Limit);
        }
        catch (Exception mistake) when (mistake is InvalidDataException or UnpackableEntryException)
        {
            throw BuildpackException.NotAnArchive(address.ToString(), mistake.Message, mistake);
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }

    // Archives of a whole repository, as git hosts make them, have one folder around everything.
    private static string RootOf(string folder, BuildpackAddress address)
    {
        if (IsBuildpack(folder))
            return folder;
        return Directory.GetFileSystemEntries(folder) is [var only] && IsBuildpack(only) ? only : throw BuildpackException.NoPrograms(address.ToString());
    }

    private static bool IsBuildpack(string folder) => File.Exists(Path.Combine(folder, "bin", "detect")) && new DirectoryInfo(folder).LinkTarget is null;
}
