using System.Text.Json;

namespace Slug.Acceptance.Engines;

/// <summary>A Docker engine of the test's own, which it may kill: same stack, other data, no network.</summary>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slug-engine-").FullName;
    private RunningProgram? daemon;

    public string Socket => Path.Combine(folder, "docker.sock");

    /// <summary>Starts it and returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // In a network of its own: an engine without a bridge takes docker0 away from the one that runs beside it.
        daemon = RunningProgram.Start(
            "unshare",
            [
                "--net", "dockerd", "--host", $"unix://{Socket}", "--data-root", Path.Combine(folder, "data"), "--exec-root", Path.Combine(folder, "exec"),
                "--pidfile", Path.Combine(folder, "pid"), "--bridge", "none", "--iptables=false",
            ]);
        var ended = daemon.EndAsync(cancellationToken);
        await Eventually.TrueAsync(async () => ended.IsCompleted || (await RunAsync(cancellationToken, "version")).ExitCode == 0, cancellationToken);
        if (ended.IsCompleted)
            Assert.Fail($"the engine did not start:\n{(await ended).Output}");
    }

    /// <summary>Gives it the stack's images from this machine's engine.</summary>
    public async Task TakeStackAsync(CancellationToken cancellationToken)
    {
        // An image's id alone: others on this machine may have the stack in another form.
        using var stacks = JsonDocument.Parse((await Slugs.Real.SlugAsync(cancellationToken, "stacks", "list", "--json")).Output);
        var stack = stacks.RootElement.EnumerateArray().Single(stack => stack.GetProperty("name").GetString() == "bookworm");
        string[] pair = [stack.GetProperty("buildImage").GetString()!, stack.GetProperty("runImage").GetString()!];
        await using var copy = RunningProgram.Start(
            "bash", ["-c", "set -o pipefail; docker save \"$1\" \"$2\" | docker --host \"unix://$3\" load", "bash", .. pair, Socket]);
        var copied = await copy.EndAsync(cancellationToken);
        Assert.That(copied.ExitCode, Is.Zero, copied.Output);
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        daemon!.KillTree();
        await daemon.EndAsync(cancellationToken);
        File.Delete(Socket);
        // Neither what was the engine nor its containerd is waited for by the next one, where nobody has buried them yet.
        File.Delete(Path.Combine(folder, "pid"));
        File.Delete(Path.Combine(folder, "exec", "containerd", "containerd.pid"));
    }

    public async ValueTask DisposeAsync()
    {
        if (daemon is null)
            return;
        await daemon.SignalAsync("TERM", CancellationToken.None);
        await daemon.EndAsync(CancellationToken.None);
        await using var remove = RunningProgram.Start("rm", ["--recursive", "--force", "--one-file-system", folder]);
        await remove.EndAsync(CancellationToken.None);
    }

    private async Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await Docker.RunAsync(cancellationToken, ["--host", $"unix://{Socket}", .. arguments]);
}
