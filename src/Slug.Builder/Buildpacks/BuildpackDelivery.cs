using System.Security.Cryptography;
using System.Text;
using Slug.Builder.Protocol;
using Slug.Content;
using Slug.Content.Tar;
using Slug.Content.Wire;

namespace Slug.Builder.Buildpacks;

/// <summary>Brings a buildpack into a folder of its own: from the service, or from the app's source.</summary>
internal sealed class BuildpackDelivery(BuilderPaths paths, BuildCalls calls)
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    public async Task<PhaseResult<Buildpack>> BringAsync(BuildpackReference reference, CancellationToken cancellationToken)
    {
        var directory = Path.Combine(Directory.CreateDirectory(paths.Buildpacks).FullName, FolderOf(reference.Name));
        var result = reference.Digest is { } expected
            ? await FetchAsync(reference.Name, expected, directory, cancellationToken)
            : await CopyAsync(reference.Name, directory, cancellationToken);
        if (result.Ends(out _, out var buildpack) || !Directory.Exists(buildpack.Program("")))
            return result;
        foreach (var program in Directory.EnumerateFiles(buildpack.Program("")))
            File.SetUnixFileMode(program, Executable);
        return result;
    }

    /// <summary>
    /// A plain name is its own folder's. An address has what a PATH or a shell takes for something else: in its place
    /// stands a readable rest and what tells it from every other.
    /// </summary>
    internal static string FolderOf(string name)
    {
        var plain = string.Join('_', name.Split(name.Where(IsStrange).ToArray(), StringSplitOptions.RemoveEmptyEntries)).Trim('.', '_');
        return plain == name ? name : $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
    }

    /// <summary>Fetches a buildpack into a folder, and gives the digest of what came.</summary>
    internal async Task<Digest> UnpackAsync(Digest digest, string directory, CancellationToken cancellationToken)
    {
        await using var tar = new DigestStream(await calls.BuildpackAsync(digest, cancellationToken));
        await TarExtraction.ExtractAsync(tar, directory, cancellationToken);
        // The digest is over every byte, also those after the archive's end.
        await tar.CopyToAsync(Stream.Null, cancellationToken);
        return tar.Finish();
    }

    private async Task<PhaseResult<Buildpack>> FetchAsync(string name, Digest expected, string directory, CancellationToken cancellationToken)
    {
        if (new StagedBuildpacks(paths, calls).TryTake(expected, directory))
            return new Buildpack(name, expected, directory);
        var found = await UnpackAsync(expected, directory, cancellationToken);
        return found == expected ? new Buildpack(name, found, directory) : BuildFailure.WrongDigest(name, found, expected);
    }

    // A copy, as any other: the buildpack writes in its own folder, and its compile may replace the whole app.
    private async Task<PhaseResult<Buildpack>> CopyAsync(string name, string directory, CancellationToken cancellationToken)
    {
        await using var copy = new FileStream($"{directory}.tar", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose);
        var digest = new DigestStream(copy);
        try
        {
            await LayerTar.WriteAsync(Path.Combine(paths.App, name), ".", LayerModes.AsGit, digest, cancellationToken);
        }
        catch (DirectoryNotFoundException)
        {
            return BuildFailure.NoFolder(name);
        }
        catch (UnpackableEntryException mistake)
        {
            return BuildFailure.BadFolder(name, mistake.Message);
        }

        copy.Position = 0;
        await TarExtraction.ExtractAsync(copy, directory, cancellationToken);
        return new Buildpack(name, digest.Finish(), directory);
    }

    private static bool IsStrange(char letter) => !char.IsAsciiLetterOrDigit(letter) && letter is not ('.' or '_' or '-');
}
