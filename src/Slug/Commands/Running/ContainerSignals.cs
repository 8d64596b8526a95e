using System.Runtime.InteropServices;
using System.Threading.Channels;
using Slug.Engines;

namespace Slug.Commands.Running;

/// <summary>Passes our signals on to a container: the first one as it is, the second as SIGKILL, and the terminal's size whenever it changes.</summary>
internal sealed class ContainerSignals(DockerEngine engine, string container) : IDisposable
{
    private readonly Channel<Func<CancellationToken, Task>> calls = Channel.CreateBounded<Func<CancellationToken, Task>>(16);
    private PosixSignalRegistration? resized;
    private int received;

    /// <summary>The engine's name for a signal.</summary>
    public static string NameOf(PosixSignal signal, int count) => (signal, count) switch
    {
        (_, > 1) => "SIGKILL",
        (PosixSignal.SIGINT, _) => "SIGINT",
        (PosixSignal.SIGHUP, _) => "SIGHUP",
        _ => "SIGTERM",
    };

    public void Pass(PosixSignal signal)
    {
        var name = NameOf(signal, Interlocked.Increment(ref received));
        calls.Writer.TryWrite(token => engine.Containers.KillAsync(container, name, token));
    }

    public void FollowTerminalSize()
    {
        calls.Writer.TryWrite(ResizeAsync);
        resized = PosixSignalRegistration.Create(PosixSignal.SIGWINCH, _ => calls.Writer.TryWrite(ResizeAsync));
    }

    /// <summary>Works until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await foreach (var call in calls.Reader.ReadAllAsync(cancellationToken))
            await call(cancellationToken);
    }

    public void Dispose() => resized?.Dispose();

    private async Task ResizeAsync(CancellationToken cancellationToken)
    {
        if (await RawTerminal.SizeAsync(cancellationToken) is { } size)
            await engine.Containers.ResizeAsync(container, size.Columns, size.Rows, cancellationToken);
    }
}
