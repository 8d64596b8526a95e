using Slug.Hosting;

namespace Slug.Tests.Pushes;

/// <summary>A working copy of a pusher, and their git: with no settings but ours.</summary>
internal sealed class GitClient : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slug-client-");
    private readonly Dictionary<string, string> environment;

    private GitClient(string remote)
    {
        Remote = remote;
        environment = new()
        {
            ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
            ["HOME"] = folder.FullName,
            ["LC_ALL"] = "C.UTF-8",
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_CONFIG_GLOBAL"] = "/dev/null",
            ["GIT_TERMINAL_PROMPT"] = "0",
            ["GIT_AUTHOR_NAME"] = "a",
            ["GIT_AUTHOR_EMAIL"] = "a@example.com",
            ["GIT_COMMITTER_NAME"] = "a",
            ["GIT_COMMITTER_EMAIL"] = "a@example.com",
        };
    }

    public string Remote { get; }

    public string Folder => folder.FullName;

    /// <summary>A new repository with one commit on main.</summary>
    public static async Task<GitClient> CreateAsync(PushHost host, string app = "sample")
    {
        var client = new GitClient($"http://git:{host.Token}@127.0.0.1:{host.Address.Port}/{app}.git");
        await client.GitAsync("init", "-q", "-b", "main");
        await client.CommitAsync("README", "hello\n");
        return client;
    }

    public async Task<string> CommitAsync(string file, string content)
    {
        var path = Path.Combine(Folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, content);
        await GitAsync("add", "-A");
        await GitAsync("commit", "-q", "-m", file);
        return await HeadAsync();
    }

    public async Task<string> HeadAsync() => (await GitAsync("rev-parse", "HEAD")).Output.Trim();

    /// <summary>Runs git, which has to succeed.</summary>
    public async Task<ChildResult> GitAsync(params string[] arguments)
    {
        var result = await TryGitAsync(arguments);
        Assert.That(result.ExitCode, Is.Zero, $"git {string.Join(' ', arguments)}: {result.Error}");
        return result;
    }

    public Task<ChildResult> TryGitAsync(params string[] arguments) => Command(arguments).RunAsync(TestContext.CurrentContext.CancellationToken);

    public Task<ChildResult> PushAsync(params string[] refs) => TryGitAsync(["push", Remote, .. refs]);

    public ChildProcess Command(params string[] arguments) =>
        new("git", arguments) { Environment = environment, WorkingDirectory = Folder };

    public void Dispose() => folder.Delete(recursive: true);
}
