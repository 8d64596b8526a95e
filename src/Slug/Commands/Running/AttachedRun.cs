using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;
using Slug.Engines;

namespace Slug.Commands.Running;

/// <summary>A container in the foreground: our three streams are its own, our signals go to it, its exit code is ours.</summary>
internal sealed class AttachedRun(DockerEngine engine, AppContainer container, RunPlan plan)
{
    /// <param name="interruption">Whose signals the container gets from here on.</param>
    /// <param name="started">Called once it runs.</param>
    /// <returns>The program's exit code.</returns>
    public async Task<int> RunAsync(Interruption interruption, Func<Task> started)
    {
        // Nothing but the container's end ends this: a cancelled token would leave it running.
        var untilItEnds = CancellationToken.None;
        await using var streams = await engine.Containers.AttachAsync(container.Id, plan.Terminal, interruption.Token);
        using var signals = new ContainerSignals(engine, container.Id);
        using var ended = new CancellationTokenSource();
        interruption.HandOver(signals.Pass);
        await container.StartAsync(untilItEnds);
        await started();
        await using var terminal = plan.Terminal ? await RawTerminal.EnterAsync(untilItEnds) : null;
        if (plan.Terminal)
            signals.FollowTerminalSize();
        var passing = signals.RunAsync(ended.Token);
        var output = CopyOutputAsync(streams, untilItEnds);
        // Reading our stdin cannot be cancelled; it ends with this process.
        _ = SendInputAsync(streams, ended.Token);
        var exitCode = await engine.Containers.WaitAsync(container.Id, untilItEnds);
        await output;
        await ended.CancelAsync();
        await passing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (int)exitCode;
    }

    private static async Task CopyOutputAsync(AttachedStreams streams, CancellationToken cancellationToken)
    {
        await using var output = Console.OpenStandardOutput();
        await using var error = Console.OpenStandardError();
        await streams.CopyOutputAsync(output, error, cancellationToken);
    }

    private static async Task SendInputAsync(AttachedStreams streams, CancellationToken cancellationToken)
    {
        try
        {
            // Console's own stream reads a terminal by lines, and echoes them.
            using var standardInput = new SafeFileHandle(0, ownsHandle: false);
            await using var input = new FileStream(standardInput, FileAccess.Read, bufferSize: 0);
            var buffer = new byte[8192];
            while (await input.ReadAsync(buffer, cancellationToken) is var count and > 0)
                await streams.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            streams.CloseInput();
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException)
        {
            // The container has ended, and reads no more.
        }
    }
}
