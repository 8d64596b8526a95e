namespace Slug.Acceptance;

/// <summary>A pusher's folder under git, with nothing of this machine's git configuration.</summary>
internal sealed class GitFolder : IDisposable
{
    private static readonly Dictionary<string, string> environment = new()
    {
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_AUTHOR_NAME"] = "Pusher",
        ["GIT_AUTHOR_EMAIL"] = "pusher@example.org",
        ["GIT_COMMITTER_NAME"] = "Pusher",
        ["GIT_COMMITTER_EMAIL"] = "pusher@example.org",
        ["GIT_AUTHOR_DATE"] = "2026-01-02T03:04:05Z",
        ["GIT_COMMITTER_DATE"] = "2026-01-02T03:04:05Z",
    };

    private GitFolder()
    {
    }

    public string Path { get; } = Directory.CreateTempSubdirectory("slug-pusher-").FullName;

    /// <summary>A folder with these files in its first commit: relative path to content; a path that ends in <c>*</c> is made executable.</summary>
    public static async Task<GitFolder> OfAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        var folder = new GitFolder();
        await folder.GitAsync(cancellationToken, "init", "--quiet", "--initial-branch=main");
        await folder.CommitAsync(files, cancellationToken);
        return folder;
    }

    /// <summary>A copy of one of the samples, committed.</summary>
    public static Task<GitFolder> OfSampleAsync(string name, CancellationToken cancellationToken) =>
        OfCopyAsync(Repository.Sample(name), cancellationToken);

    /// <summary>A copy of a folder, committed.</summary>
    public static async Task<GitFolder> OfCopyAsync(string path, CancellationToken cancellationToken)
    {
        var folder = new GitFolder();
        await using (var copy = RunningProgram.Start("cp", ["--archive", $"{path}/.", folder.Path]))
            await copy.EndAsync(cancellationToken);
        await folder.GitAsync(cancellationToken, "init", "--quiet", "--initial-branch=main");
        await folder.CommitAsync(new Dictionary<string, string>(), cancellationToken);
        return folder;
    }

    /// <summary>The same repository in another place: another pusher.</summary>
    public async Task<GitFolder> CopyAsync(CancellationToken cancellationToken)
    {
        var copy = new GitFolder();
        await copy.GitAsync(cancellationToken, "clone", "--quiet", Path, ".");
        return copy;
    }

    /// <summary>Writes files and commits all that is in the folder.</summary>
    public async Task CommitAsync(IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken)
    {
        foreach (var (name, content) in files)
        {
            var path = System.IO.Path.Combine(Path, name.TrimEnd('*'));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, content, cancellationToken);
            if (name.EndsWith('*'))
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
        }

        await GitAsync(cancellationToken, "add", "--all");
        await GitAsync(cancellationToken, "commit", "--quiet", "--allow-empty", "--message=state");
    }

    public RunningProgram StartGit(params string[] arguments) => RunningProgram.Start("git", arguments, Path, environment);

    public async Task<ProgramResult> GitAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        await using var git = StartGit(arguments);
        return await git.EndAsync(cancellationToken);
    }

    public Task<ProgramResult> PushAsync(Installation slug, string app, CancellationToken cancellationToken, params string[] more) =>
        GitAsync(cancellationToken, ["push", slug.RemoteOf(app), .. more.Length > 0 ? more : ["main"]]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
