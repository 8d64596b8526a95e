using Slug.Hosting;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;

namespace Slug.Sources;

/// <summary>A source as a tar, straight from git: no checkout, no filter, no attribute of the pusher's. Git LFS's pointers become the files they stand for.</summary>
internal sealed class SourceArchive(Git git, LargeFileStore largeFiles)
{
    private const int CopySize = 1 << 17;

    /// <summary>Writes the tar while git makes it.</summary>
    /// <exception cref="IOException">git failed, or the destination did: what was written is not whole.</exception>
    public async Task WriteAsync(Source source, Stream destination, CancellationToken cancellationToken)
    {
        var commit = source.MadeCommit ?? source.Commit;
        await using var child = git.Command(source.Repository, source.Quarantine, "archive", "--format=tar", commit.ToString()).Start();
        child.Input.Close();
        var error = CapturedText.TailOfAsync(child.Error, 4096, cancellationToken);
        if (source.Tally.Pointers.Count == 0)
            await child.Output.CopyToAsync(destination, CopySize, cancellationToken);
        else
            await new PointerReplacement(largeFiles, source.LargeFilesOf).CopyAsync(child.Output, destination, cancellationToken);
        if (await child.WaitAsync(cancellationToken) is not 0 and var exitCode)
            throw new IOException($"git archive of {commit} exited with {exitCode}: {await error}");
    }
}
