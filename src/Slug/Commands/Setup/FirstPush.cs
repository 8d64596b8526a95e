using Slug.Commands.Remotes;
using Slug.Commands.Services;
using Slug.Commands.Terminals;
using Slug.Hosting;

namespace Slug.Commands.Setup;

/// <summary>Pushes a sample as a person would: a commit in a folder of its own, a remote, <c>git push</c>.</summary>
internal sealed class FirstPush(DataDirectory data, ServiceAddress address, Steps steps)
{
    public const string App = "node-hello";

    // A fixed author and time: the same sample is the same commit, and pushing it again is no news.
    private static readonly (string, string)[] identity =
    [
        ("GIT_AUTHOR_NAME", "Slug"), ("GIT_AUTHOR_EMAIL", "slug@localhost"), ("GIT_AUTHOR_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_COMMITTER_NAME", "Slug"), ("GIT_COMMITTER_EMAIL", "slug@localhost"), ("GIT_COMMITTER_DATE", "2026-01-01T00:00:00Z"),
        ("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_TERMINAL_PROMPT", "0"),
    ];

    /// <summary>git's environment for such pushes: nothing of this machine's configuration.</summary>
    public static IReadOnlyDictionary<string, string> Variables() => Setup.Variables.With(identity);

    /// <returns>What to say of it.</returns>
    public async Task<string> RunAsync(string sample, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(data.Temporary, $"{sample}-{Environment.ProcessId}");
        try
        {
            FolderCopy.Make(Path.Combine(AppContext.BaseDirectory, "samples", sample), folder);
            var git = new GitFolder(folder, Variables());
            await git.RunAsync(["init", "--quiet", "--initial-branch=main"], cancellationToken);
            await git.RunAsync(["add", "--all"], cancellationToken);
            await git.RunAsync(["commit", "--quiet", "--message", "A first push"], cancellationToken);
            await new SlugRemote(git, address).SetAsync(sample, cancellationToken);
            await git.ShowAsync(["push", "--force", SlugRemote.Name, "main"], steps.Report, cancellationToken);
            return $"pushed to {address.RepositoryOf(sample)}";
        }
        finally
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
