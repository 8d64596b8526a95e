using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Slug.Hosting;

/// <summary>A running program: its streams, its end, and the way to stop it. Disposing stops it at once if it still runs.</summary>
internal sealed partial class StartedChild(Process process, bool ownSession, TimeSpan grace) : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;

    public int Id { get; } = process.Id;

    public Stream Input => process.StandardInput.BaseStream;

    public Stream Output => process.StandardOutput.BaseStream;

    public Stream Error => process.StandardError.BaseStream;

    public bool HasExited => process.HasExited;

    /// <summary>Waits for the end and gives the exit code. Cancelling stops the program, politely first, then throws.</summary>
    public async Task<int> WaitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await process.WaitForExitAsync(cancellationToken);
            return process.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await StopAsync(CancellationToken.None);
            throw;
        }
    }

    /// <summary>SIGTERM, then SIGKILL once the grace period has passed or the token asks for it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        Signal(Terminate);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(grace);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
        }
    }

    /// <summary>Leaves the program running and lets go of it.</summary>
    public void Release() => process.Dispose();

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    private async Task KillAsync()
    {
        if (ownSession)
            Signal(Kill);
        else
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private void Signal(int signal)
    {
        // A process that has been waited for may have lent its number to another.
        if (!process.HasExited)
            _ = SendSignal(ownSession ? -Id : Id, signal);
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
