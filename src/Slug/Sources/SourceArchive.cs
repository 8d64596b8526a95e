using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Sources;

/// <summary>A source as a tar, straight from git: no checkout, no filter, no attribute of the pusher's.</summary>
internal sealed class SourceArchive(Git git)
{
    /// <summary>Writes the tar while git makes it.</summary>
    /// <exception cref="IOException">git failed, or the destination did: what was written is not whole.</exception>
    public async Task WriteAsync(Source source, Stream destination, CancellationToken cancellationToken)
    {
        await using var child = git.Command(source.Repository, source.Quarantine, "archive", "--format=tar", source.Commit.ToString()).Start();
        child.Input.Close();
        var error = CapturedText.TailOfAsync(child.Error, 4096, cancellationToken);
        await child.Output.CopyToAsync(destination, 1 << 17, cancellationToken);
        if (await child.WaitAsync(cancellationToken) is not 0 and var exitCode)
            throw new IOException($"git archive of {source.Commit} exited with {exitCode}: {await error}");
    }
}
