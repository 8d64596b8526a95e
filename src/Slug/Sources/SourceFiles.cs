using Slug.Pushes;

namespace Slug.Sources;

/// <summary>Reads single files of a source before anything of it is unpacked.</summary>
internal sealed class SourceFiles(Git git)
{
    private const int Longest = 100_000;

    /// <summary>The files' texts, in the order of their paths; null for one that is not there, is none, or is longer than 100,000 bytes.</summary>
    public async Task<IReadOnlyList<string?>> ReadAsync(Source source, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var texts = new List<string?>();
        foreach (var (path, size) in paths.Zip(await SizesAsync(source, paths, cancellationToken)))
            texts.Add(size is <= Longest ? await ReadAsync(source, path, cancellationToken) : null);
        return texts;
    }

    // One program answers for all, and mostly that there is none of them.
    private async Task<IEnumerable<long?>> SizesAsync(Source source, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var question = string.Concat(paths.Select(path => $"{source.Tree}:{path}\n"));
        var check = git.Command(source.Repository, source.Quarantine, "cat-file", "--batch-check=%(objecttype) %(objectsize)") with { Input = question };
        var answer = await check.RunAsync(cancellationToken);
        if (!answer.Succeeded)
            throw new IOException($"git cat-file of {source.Tree} exited with {answer.ExitCode}: {answer.Error}");
        return answer.Output.Split('\n').Select(line => line.Split(' ') is ["blob", var size] && long.TryParse(size, out var bytes) ? bytes : (long?)null);
    }

    private async Task<string> ReadAsync(Source source, string path, CancellationToken cancellationToken)
    {
        var read = await git.Command(source.Repository, source.Quarantine, "cat-file", "blob", $"{source.Tree}:{path}").RunAsync(cancellationToken);
        return read.Succeeded ? read.Output : throw new IOException($"git cat-file of {source.Tree}:{path} exited with {read.ExitCode}: {read.Error}");
    }
}
