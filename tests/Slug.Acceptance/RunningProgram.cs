using System.Diagnostics;
using System.Text;

namespace Slug.Acceptance;

/// <summary>A program as a user starts it: its output is gathered line by line while it runs.</summary>
internal sealed class RunningProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly StringBuilder output = new();
    private readonly Lock gate = new();
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private RunningProgram(Process process) => this.process = process;

    public int Id => process.Id;

    /// <summary>Both streams so far, in the order they came.</summary>
    public string Output
    {
        get
        {
            lock (gate)
                return output.ToString();
        }
    }

    public static RunningProgram Start(string fileName, IEnumerable<string> arguments, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, string input = "")
    {
        var start = new ProcessStartInfo(fileName, arguments)
        {
            WorkingDirectory = folder ?? "",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var running = new RunningProgram(new Process { StartInfo = start });
        running.process.OutputDataReceived += (_, line) => running.Gather(line.Data);
        running.process.ErrorDataReceived += (_, line) => running.Gather(line.Data);
        running.process.Start();
        running.process.StandardInput.Write(input);
        running.process.StandardInput.Close();
        running.process.BeginOutputReadLine();
        running.process.BeginErrorReadLine();
        return running;
    }

    /// <summary>Waits until the output holds the words; fails when the program ends without them.</summary>
    public async Task SaysAsync(string words, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task more;
            lock (gate)
            {
                if (output.ToString().Contains(words, StringComparison.Ordinal))
                    return;
                more = changed.Task;
            }

            var ended = process.WaitForExitAsync(cancellationToken);
            if (await Task.WhenAny(more, ended).WaitAsync(cancellationToken) == ended && !Output.Contains(words, StringComparison.Ordinal))
                Assert.Fail($"the program ended with {process.ExitCode} and never said '{words}':\n{Output}");
        }
    }

    public async Task<ProgramResult> EndAsync(CancellationToken cancellationToken)
    {
        await process.WaitForExitAsync(cancellationToken);
        return new(process.ExitCode, Output);
    }

    public void Kill() => process.Kill();

    public void KillTree() => process.Kill(entireProcessTree: true);

    /// <summary>Sends a signal by its name, as <c>kill</c> does.</summary>
    public async Task SignalAsync(string signal, CancellationToken cancellationToken)
    {
        await using var kill = Start("kill", [$"-{signal}", $"{Id}"]);
        await kill.EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }

    private void Gather(string? line)
    {
        if (line is null)
            return;
        lock (gate)
        {
            output.Append(line).Append('\n');
            changed.SetResult();
            changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}

/// <summary>How a program ended and what it said on both streams.</summary>
internal sealed record ProgramResult(int ExitCode, string Output);
