using Slug.Commands.Remotes;
using Slug.Commands.Setup;

namespace Slug.Tests.Bootstrap;

/// <summary>A repository whose commits are made of empty files.</summary>
internal sealed class SlugRepository : IDisposable
{
    private readonly GitFolder git;

    private SlugRepository() => git = new(Path, FirstPush.Variables());

    public string Path { get; } = Directory.CreateTempSubdirectory("slug-history-").FullName;

    public static async Task<SlugRepository> CreateAsync(CancellationToken cancellationToken)
    {
        var repository = new SlugRepository();
        await repository.git.RunAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
        return repository;
    }

    /// <summary>Adds files and commits. Gives the commit.</summary>
    public async Task<string> CommitAsync(CancellationToken cancellationToken, params string[] files)
    {
        foreach (var file in files)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.Combine(Path, file))!);
            await File.WriteAllTextAsync(System.IO.Path.Combine(Path, file), "", cancellationToken);
        }

        await git.RunAsync(["add", "--all"], cancellationToken);
        await git.RunAsync(["commit", "--quiet", "--allow-empty", "--message", string.Join(' ', files)], cancellationToken);
        return await git.RunAsync(["rev-parse", "HEAD"], cancellationToken);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
