using System.Globalization;
using System.Text;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Sources;

namespace Slug.Benchmarks.Scenes;

/// <summary>A source of very many small files, in a repository like an app's.</summary>
internal static class LargeSource
{
    private const int FilesPerFolder = 100;
    private const int SmallestFile = 200;
    private const int Spread = 1500;

    public static async Task<Source> MakeAsync(TemporaryFolder work, int files, CancellationToken cancellationToken)
    {
        var repository = new Repository(work.In("large.git"));
        repository.Ensure("main");
        var import = new ChildProcess("git", $"--git-dir={repository.Directory}", "fast-import", "--quiet") { Input = Commit(files, parent: "") };
        await Programs.RunAsync(import, cancellationToken);
        var ids = await Programs.RunAsync(new("git", $"--git-dir={repository.Directory}", "rev-parse", "main", "main^{tree}"), cancellationToken);
        return new()
        {
            Commit = ObjectId.Parse(ids.Split('\n')[0]),
            Tree = ObjectId.Parse(ids.Split('\n')[1]),
            Tally = new(files, 0),
            Repository = repository,
            Quarantine = null,
        };
    }

    /// <summary>A commit of that many files for <c>git fast-import</c>; the parent is a line of it, or nothing.</summary>
    public static string Commit(int files, string parent)
    {
        var input = new StringBuilder($"commit refs/heads/main\ncommitter Pusher <pusher@example.org> 1767323045 +0000\ndata 0\n\n{parent}");
        for (var file = 0; file < files; file++)
        {
            var content = string.Concat(Enumerable.Repeat($"line {file} of a source file\n", (SmallestFile + (file * 7919 % Spread)) / 25));
            input.Append(CultureInfo.InvariantCulture, $"M 100644 inline src/{file / FilesPerFolder}/file{file}.js\ndata {content.Length}\n{content}\n");
        }

        return input.Append('\n').ToString();
    }
}
