using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Slug.Hosting;

/// <summary>A program to run, as a value. The only place that starts processes: arguments go as a list, never through a shell.</summary>
internal sealed record ChildProcess(string FileName, params IReadOnlyList<string> Arguments)
{
    /// <summary>The whole environment of the program; null inherits this process's own.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>What <see cref="RunAsync"/> sends to stdin; null sends nothing.</summary>
    public string? Input { get; init; }

    /// <summary>Null is the folder this process runs in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>A session of its own: it gets no signal of our terminal, and all that it starts is stopped with it.</summary>
    public bool OwnSession { get; init; }

    /// <summary>Between the polite SIGTERM and the SIGKILL.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Characters kept of each output stream: the first of stdout, the last of stderr. The rest is read and dropped.</summary>
    public int CaptureLimit { get; init; } = 1 << 20;

    /// <summary>Starts the program with its three streams in our hands.</summary>
    /// <exception cref="ProgramNotStartedException">There is no such program, or it may not be run.</exception>
    public StartedChild Start() => new(StartProcess(redirect: true), OwnSession, Grace);

    /// <summary>Starts the program apart from us: it outlives this process and writes to the end of a log file.</summary>
    /// <exception cref="ProgramNotStartedException">There is no such program, or it may not be run.</exception>
    public StartedChild StartDetached(string logFile)
    {
        // Process cannot send output to a file; a pipe would break when we exit. The script is constant, values are arguments.
        var detached = this with
        {
            FileName = "sh",
            Arguments = ["-c", """log=$1; shift; exec "$@" </dev/null >>"$log" 2>&1""", "sh", logFile, FileName, .. Arguments],
            OwnSession = true,
        };
        return new(detached.StartProcess(redirect: false), ownSession: true, Grace);
    }

    /// <summary>Runs the program to its end. Cancelling stops it before the exception leaves.</summary>
    /// <exception cref="ProgramNotStartedException">There is no such program, or it may not be run.</exception>
    public async Task<ChildResult> RunAsync(CancellationToken cancellationToken)
    {
        await using var child = Start();
        var output = CapturedText.HeadOfAsync(child.Output, CaptureLimit, cancellationToken);
        var error = CapturedText.TailOfAsync(child.Error, CaptureLimit, cancellationToken);
        await SendInputAsync(child, cancellationToken);
        var exitCode = await child.WaitAsync(cancellationToken);
        return new(exitCode, await output, await error);
    }

    private async Task SendInputAsync(StartedChild child, CancellationToken cancellationToken)
    {
        try
        {
            await using (child.Input)
                await child.Input.WriteAsync(Encoding.UTF8.GetBytes(Input ?? ""), cancellationToken);
        }
        catch (IOException)
        {
            // It ended without reading all: its exit code tells whether that was wrong.
        }
    }

    private Process StartProcess(bool redirect)
    {
        var start = new ProcessStartInfo
        {
            FileName = OwnSession ? "setsid" : FileName,
            WorkingDirectory = WorkingDirectory ?? "",
            RedirectStandardInput = redirect,
            RedirectStandardOutput = redirect,
            RedirectStandardError = redirect,
        };
        foreach (var argument in OwnSession ? [FileName, .. Arguments] : Arguments)
            start.ArgumentList.Add(argument);
        ReplaceEnvironment(start);
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception exception)
        {
            throw new ProgramNotStartedException(FileName, exception);
        }
    }

    private void ReplaceEnvironment(ProcessStartInfo start)
    {
        if (Environment is null)
            return;
        start.Environment.Clear();
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
    }
}

/// <summary>How a program ended and what it wrote, as far as it was kept.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Error)
{
    public bool Succeeded => ExitCode == 0;
}

/// <summary>A program is missing or may not be run.</summary>
internal sealed class ProgramNotStartedException(string program, Exception cause)
    : IOException($"the program '{program}' does not start: {cause.Message}", cause)
{
    public string Program { get; } = program;
}
