namespace Slug.Acceptance.Engines;

/// <summary>A Docker engine of the test's own, which it may kill: same stack, other data, no network.</summary>
/// <remarks>
/// It lives in namespaces that one process holds. With that process everything ends that the engine left: its containers, what watches
/// over them, and its mounts, of which the machine never sees one. Its network is its own too: an engine without a bridge takes docker0
/// away from the one that runs beside it.
/// </remarks>
internal sealed class PrivateEngine : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("slug-engine-").FullName;

    // A shell that waits buries what is orphaned, as the first of all processes has to.
    private readonly RunningProgram holder = RunningProgram.Start(
        "unshare", ["--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "bash", "-c", "echo held; sleep infinity; exit"]);

    private RunningProgram? daemon;

    public string Socket => Path.Combine(folder, "docker.sock");

    /// <summary>Starts it and returns when it answers.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await holder.SaysAsync("held", cancellationToken);
        var held = $"/proc/{holder.Id}/ns";
        daemon = RunningProgram.Start(
            "nsenter",
            [
                $"--net={held}/net", $"--mount={held}/mnt", $"--pid={held}/pid_for_children",
                "dockerd", "--host", $"unix://{Socket}", "--data-root", Path.Combine(folder, "data"), "--exec-root", Path.Combine(folder, "exec"),
                "--pidfile", Path.Combine(folder, "pid"), "--bridge", "none", "--iptables=false", "--cgroup-parent", $"/{Path.GetFileName(folder)}",
            ]);
        var ended = daemon.EndAsync(cancellationToken);
        await Eventually.TrueAsync(async () => ended.IsCompleted || (await RunAsync(cancellationToken, "version")).ExitCode == 0, cancellationToken);
        if (ended.IsCompleted)
            Assert.Fail($"the engine did not start:\n{(await ended).Output}");
    }

    /// <summary>Gives it the stack's images from this machine's engine.</summary>
    public async Task TakeStackAsync(CancellationToken cancellationToken)
    {
        var stack = await Slugs.Real.StackAsync(cancellationToken);
        await using var copy = RunningProgram.Start(
            "bash", ["-c", "set -o pipefail; docker save \"$1\" \"$2\" | docker --host \"unix://$3\" load", "bash", stack.Build, stack.Run, Socket]);
        var copied = await copy.EndAsync(cancellationToken);
        Assert.That(copied.ExitCode, Is.Zero, copied.Output);
    }

    /// <summary>Ends it as a crash would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        daemon!.KillTree();
        await daemon.EndAsync(cancellationToken);
        File.Delete(Socket);
        // Neither what was the engine nor its containerd is waited for by the next one.
        File.Delete(Path.Combine(folder, "pid"));
        File.Delete(Path.Combine(folder, "exec", "containerd", "containerd.pid"));
    }

    public async ValueTask DisposeAsync()
    {
        await holder.DisposeAsync();
        if (daemon is not null)
        {
            await daemon.EndAsync(CancellationToken.None);
            await daemon.DisposeAsync();
        }

        // Control groups alone are the machine's, and stay when what was in them has ended.
        await using var groups = RunningProgram.Start("find", ["/sys/fs/cgroup", "-depth", "-type", "d", "-path", $"*/{Path.GetFileName(folder)}*", "-delete"]);
        await groups.EndAsync(CancellationToken.None);
        await using var remove = RunningProgram.Start("rm", ["--recursive", "--force", "--one-file-system", folder]);
        var removed = await remove.EndAsync(CancellationToken.None);
        Assert.That(removed.ExitCode, Is.Zero, removed.Output);
    }

    private async Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params string[] arguments) =>
        await Docker.RunAsync(cancellationToken, ["--host", $"unix://{Socket}", .. arguments]);
}
