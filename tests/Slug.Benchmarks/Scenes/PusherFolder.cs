using System.Diagnostics;
using System.Runtime.CompilerServices;
using Slug.Hosting;

namespace Slug.Benchmarks.Scenes;

/// <summary>An app in a work tree of git, with nothing of this machine's git configuration.</summary>
internal sealed class PusherFolder : IDisposable
{
    private static readonly Dictionary<string, string> environment = new()
    {
        ["PATH"] = "/usr/local/bin:/usr/bin:/bin",
        ["GIT_CONFIG_GLOBAL"] = "/dev/null",
        ["GIT_CONFIG_NOSYSTEM"] = "1",
        ["GIT_TERMINAL_PROMPT"] = "0",
        ["GIT_AUTHOR_NAME"] = "Pusher",
        ["GIT_AUTHOR_EMAIL"] = "pusher@example.org",
        ["GIT_COMMITTER_NAME"] = "Pusher",
        ["GIT_COMMITTER_EMAIL"] = "pusher@example.org",
    };

    private readonly TemporaryFolder folder = new();

    public string In(string name) => folder.In(name);

    private PusherFolder()
    {
    }

    /// <summary>A copy of a sample in its first commit.</summary>
    public static async Task<PusherFolder> OfSampleAsync(string name, CancellationToken cancellationToken)
    {
        var app = new PusherFolder();
        await Programs.RunAsync(new("cp", "--archive", $"{Machine.Sample(name)}/.", app.folder.Path), cancellationToken);
        await app.GitAsync(cancellationToken, "init", "--quiet", "--initial-branch=main");
        await app.GitAsync(cancellationToken, "add", "--all");
        await app.GitAsync(cancellationToken, "commit", "--quiet", "--message=first");
        return app;
    }

    /// <summary>A commit that changes one file.</summary>
    public async Task CommitAsync(string file, string content, CancellationToken cancellationToken)
    {
        await File.WriteAllTextAsync(folder.In(file), content, cancellationToken);
        await GitAsync(cancellationToken, "add", file);
        await GitAsync(cancellationToken, "commit", "--quiet", $"--message={file}");
    }

    /// <summary>A commit of very many small files, which are not in the work tree.</summary>
    public Task CommitManyAsync(int files, CancellationToken cancellationToken) =>
        Programs.RunAsync(
            new("git", "fast-import", "--quiet") { WorkingDirectory = folder.Path, Environment = environment, Input = LargeSource.Commit(files, "from refs/heads/main^0\n") },
            cancellationToken);

    /// <summary>A commit of one file that does not compress.</summary>
    public async Task CommitNoiseAsync(long bytes, CancellationToken cancellationToken)
    {
        await Programs.RunAsync(new("sh", "-c", "head -c \"$1\" /dev/urandom > noise.bin", "sh", $"{bytes}") { WorkingDirectory = folder.Path }, cancellationToken);
        await GitAsync(cancellationToken, "-c", "core.compression=0", "add", "noise.bin");
        await GitAsync(cancellationToken, "commit", "--quiet", "--message=noise");
    }

    /// <summary>A commit that adds a line to a file.</summary>
    public async Task AppendAsync(string file, string line, CancellationToken cancellationToken) =>
        await CommitAsync(file, await File.ReadAllTextAsync(folder.In(file), cancellationToken) + line, cancellationToken);

    /// <returns>How long the pusher waited.</returns>
    public async Task<TimeSpan> PushAsync(string remote, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        await GitAsync(cancellationToken, "push", "--quiet", remote, "main");
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Pushes, and gives each line that the pusher reads when it comes.</summary>
    public async IAsyncEnumerable<string> PushLinesAsync(string remote, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var push = new ChildProcess("git", "push", remote, "main") { WorkingDirectory = folder.Path, Environment = environment }.Start();
        using var lines = new StreamReader(push.Error);
        while (await lines.ReadLineAsync(cancellationToken) is { } line)
            yield return line;
        if (await push.WaitAsync(cancellationToken) is var exitCode and not 0)
            throw new InvalidOperationException($"git push ended with {exitCode}");
    }

    public Task GitAsync(CancellationToken cancellationToken, params string[] arguments) =>
        Programs.RunAsync(new("git", arguments) { WorkingDirectory = folder.Path, Environment = environment }, cancellationToken);

    public void Dispose() => folder.Dispose();
}
