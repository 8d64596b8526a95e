namespace Slug.Acceptance.Bootstrap;

/// <summary>Somebody who commits and pushes again as soon as the last push has ended, and keeps account of those that were accepted.</summary>
internal sealed class PushingHard : IDisposable
{
    private readonly Installation slug;
    private readonly GitFolder folder;
    private readonly CancellationTokenSource end;
    private readonly List<string> accepted = [];
    private Task pushing = Task.CompletedTask;

    private PushingHard(Installation slug, string app, GitFolder folder, CancellationToken cancellationToken)
    {
        (this.slug, App, this.folder) = (slug, app, folder);
        end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    public string App { get; }

    /// <summary>Commits, in the order in which git said that they arrived.</summary>
    public IReadOnlyList<string> Accepted
    {
        get
        {
            lock (accepted)
                return [.. accepted];
        }
    }

    public static async Task<PushingHard> StartAsync(Installation slug, string app, CancellationToken cancellationToken)
    {
        var pusher = new PushingHard(slug, app, await Slugs.AppThatAsync("true", cancellationToken), cancellationToken);
        pusher.pushing = pusher.PushAsync();
        return pusher;
    }

    public Task HasBeenAcceptedAsync(int times, CancellationToken cancellationToken) =>
        Eventually.TrueAsync(() => Accepted.Count >= times, cancellationToken);

    public async Task<string> BranchAsync(CancellationToken cancellationToken) =>
        (await folder.GitAsync(cancellationToken, "ls-remote", slug.RemoteOf(App), "refs/heads/main")).Output.Split('\t')[0];

    /// <summary>Lets the push under way end.</summary>
    public async Task EndAsync()
    {
        await end.CancelAsync();
        await pushing;
    }

    public void Dispose()
    {
        end.Dispose();
        folder.Dispose();
    }

    private async Task PushAsync()
    {
        for (var round = 0; !end.IsCancellationRequested; round++)
        {
            await folder.CommitAsync(new Dictionary<string, string> { ["round"] = $"{round}" }, CancellationToken.None);
            var commit = (await folder.GitAsync(CancellationToken.None, "rev-parse", "HEAD")).Output.Trim();
            if ((await folder.PushAsync(slug, App, CancellationToken.None)).ExitCode != 0)
                continue;
            lock (accepted)
                accepted.Add(commit);
        }
    }
}
