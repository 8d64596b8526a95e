using Slug.Hosting;
using Slug.Pushes;
using Slug.Remotes;

namespace Slug.Webhooks.Incoming;

/// <summary>Brings one commit, without its history, from where a hook says that the repository is.</summary>
internal sealed class CommitFetch(Git git, GitTransport transport, RemoteAttempts attempts, RepositoryUpkeep upkeep, DataDirectory data) : IDisposable
{
    private const int ErrorLimit = 4096;
    private const int AtOnce = 4;

    private static readonly string[] quietly = ["--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "--no-auto-maintenance"];

    private readonly SemaphoreSlim turn = new(AtOnce);

    /// <summary>Where the branch stands there now; null where it is gone.</summary>
    /// <exception cref="RemoteException">Nobody says so.</exception>
    public async Task<ObjectId?> HeadAsync(Hook hook, string url, string branch, CancellationToken cancellationToken)
    {
        var reference = RefName.OfBranch(branch).ToString();
        var listed = await RunAsync(hook, url, RepositoryOf(hook), ["ls-remote", "--end-of-options", url, reference], cancellationToken);
        return listed.Split('\n').Select(line => line.Split('\t')).Where(line => line is [_, var name] && name == reference).Select(line => (ObjectId?)ObjectId.Parse(line[0])).FirstOrDefault();
    }

    /// <summary>Fetches the push's commit into its repository, where its build's ref holds it from then on; in the app's turn.</summary>
    /// <exception cref="RemoteException">It cannot be had.</exception>
    public async Task FetchAsync(Hook hook, string url, Push push, CancellationToken cancellationToken)
    {
        await RunAsync(hook, url, push.Repository, ["fetch", "--depth=1", .. quietly, "--end-of-options", url, $"{push.NewCommit}:refs/slug/builds/{push.Id:D}"], cancellationToken);
        await upkeep.RunAsync(push.Repository, cancellationToken);
    }

    /// <summary>Where what comes by the hook is kept.</summary>
    public Repository RepositoryOf(Hook hook)
    {
        var fetched = Repository.OfFetched(hook.App, data);
        fetched.Ensure(hook.Branch);
        return fetched;
    }

    public void Dispose() => turn.Dispose();

    private async Task<string> RunAsync(Hook hook, string url, Repository repository, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await attempts.RunAsync(url, async stop => await TryAsync(hook, new(url), repository, arguments, stop), _ => { }, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task<string> TryAsync(Hook hook, Uri url, Repository repository, IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var settings = await transport.SettingsAsync(url, hook.Credentials, cancellationToken);
        var command = git.Command(repository, arguments) with { OwnSession = true, CaptureLimit = ErrorLimit };
        var result = await GitSettings.With(command, url.Scheme, settings).RunAsync(cancellationToken);
        return result.Succeeded ? result.Output : throw RemoteException.GitFailed(url.AbsoluteUri, Readable.Text(result.Error.Trim().Split('\n')[^1]));
    }
}
