using System.Diagnostics;
using Slug.Content.Wire;

namespace Slug.Builder.Commands;

/// <summary>Takes what a program wrote, as it comes.</summary>
internal delegate Task OutputHandler(LogSource source, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

/// <summary>Runs programs: the one file that starts processes.</summary>
internal sealed class CommandRun(TimeProvider time)
{
    /// <summary>How long a program may take to end after SIGTERM.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    /// <summary>How long output may stay open once the program that it belongs to has ended.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(1);

    /// <summary>Where the command that runs is kept as a script, for a look at a build that failed; null keeps none.</summary>
    public string? Record { get; init; }

    /// <summary>Runs to the end, leaves no process behind, and gives the exit code: 127 where there is no such program.</summary>
    public async Task<int> RunAsync(Command command, OutputHandler output, CancellationToken cancellationToken)
    {
        if (Record is not null)
            await File.WriteAllTextAsync(Record, CommandRecord.ScriptOf(command), cancellationToken);
        using var process = Process.Start(Describe(command))!;
        process.StandardInput.Close();
        using var drained = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.WhenAll(
            ReadAsync(process.StandardOutput.BaseStream, LogSource.Out, output, drained.Token),
            ReadAsync(process.StandardError.BaseStream, LogSource.Err, output, drained.Token));
        try
        {
            await process.WaitForExitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await StopAsync(process);
            throw;
        }

        await EndAsync(new(process.Id), reading, drained);
        return process.ExitCode;
    }

    // setsid makes the program the leader of a session, by which all that it starts is found again.
    private static ProcessStartInfo Describe(Command command)
    {
        var start = new ProcessStartInfo("/usr/bin/setsid", ["--", command.Program, .. command.Arguments])
        {
            WorkingDirectory = command.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var (name, value) in command.Environment)
            start.Environment[name] = value;
        return start;
    }

    private static async Task ReadAsync(Stream stream, LogSource source, OutputHandler output, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancellationToken) is > 0 and var count)
            await output(source, buffer.AsMemory(0, count), cancellationToken);
    }

    private async Task StopAsync(Process process)
    {
        var session = new Session(process.Id);
        session.Terminate();
        using var grace = new CancellationTokenSource(Grace, time);
        await process.WaitForExitAsync(grace.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        session.Kill();
    }

    // A child left in the background may hold the output open: first it may still speak, then it ends, then we no longer listen.
    private async Task EndAsync(Session session, Task reading, CancellationTokenSource drained)
    {
        await Task.WhenAny(reading, Task.Delay(Drain, time));
        session.Kill();
        await Task.WhenAny(reading, Task.Delay(Drain, time));
        await drained.CancelAsync();
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
