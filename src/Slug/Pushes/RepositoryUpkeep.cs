namespace Slug.Pushes;

/// <summary>Keeps a repository quick: each push brings a pack, each build a ref, and git reads all of them every time.</summary>
internal sealed class RepositoryUpkeep(Git git, ILogger<RepositoryUpkeep> logger)
{
    private const int MostPacks = 50;
    private const int MostLooseRefs = 100;

    /// <summary>Tidies what has become too many; under the app's turn, and never to the harm of a push.</summary>
    public async Task RunAsync(Repository repository, CancellationToken cancellationToken)
    {
        if (Directory.EnumerateFiles(Path.Combine(repository.Objects, "pack"), "*.pack").Count() > MostPacks)
            await RunAsync(repository, ["repack", "-d", "-l", "-q", "--geometric=2"], cancellationToken);
        if (new References(repository).Loose("refs/slug").Count() > MostLooseRefs)
            await RunAsync(repository, ["pack-refs", "--all"], cancellationToken);
    }

    private async Task RunAsync(Repository repository, string[] command, CancellationToken cancellationToken)
    {
        var result = await git.Command(repository, command).RunAsync(cancellationToken);
        if (!result.Succeeded)
            logger.UpkeepFailed(command[0], repository.Directory, result.Error);
    }
}
