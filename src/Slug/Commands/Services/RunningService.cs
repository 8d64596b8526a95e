using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;
using Slug.Hosting;

namespace Slug.Commands.Services;

/// <summary>The service process that holds a data directory.</summary>
internal sealed partial record RunningService(int Pid, Uri Url, DateTimeOffset StartedAt)
{
    private const int Terminate = 15;

    /// <summary>Null where none is ready: nothing is announced, or what is announced has died.</summary>
    public static RunningService? Find(DataDirectory data) =>
        Read(data) is { } file && Holds(file.Pid, data) ? new(file.Pid, ReachableUrl(file.Url), file.StartedAt) : null;

    public static CommandException None(DataDirectory data) =>
        CommandException.Failure($"SLUG8001: no service runs on '{data.Root}'; start it with: ./slug up (another directory: --data)");

    /// <summary>Runs from other files than this program, or these were built after it started.</summary>
    public bool IsOutdated
    {
        get
        {
            var program = Path.Combine(AppContext.BaseDirectory, "slug");
            return LinkTarget($"/proc/{Pid}/exe") != Path.GetFullPath(program) || File.GetLastWriteTimeUtc(program) > StartedAt.UtcDateTime;
        }
    }

    public async Task<bool> IsHealthyAsync(CancellationToken cancellationToken)
    {
        using var client = new ServiceClient(new() { Url = Url, Token = "" });
        return await client.IsHealthyAsync(cancellationToken);
    }

    /// <summary>SIGTERM, then waits until it has ended; SIGKILL after the grace period.</summary>
    /// <returns>False where it had to be killed.</returns>
    public async Task<bool> StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        using var process = Process.GetProcessById(Pid);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(grace);
        _ = SendSignal(Pid, Terminate);
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            process.Kill();
            await process.WaitForExitAsync(cancellationToken);
            return false;
        }
    }

    private static ServiceFile? Read(DataDirectory data)
    {
        try
        {
            return ServiceFile.Read(data);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A number may have passed on to another process: only the service keeps the directory's lock file open.
    private static bool Holds(int pid, DataDirectory data)
    {
        var folder = $"/proc/{pid}/fd";
        var lockFile = Path.Combine(data.Root, "lock");
        if (!Directory.Exists(folder) || !File.Exists(lockFile))
            return false;
        var path = RealPath(lockFile);
        return Directory.EnumerateFileSystemEntries(folder).Any(entry => LinkTarget(entry) == path);
    }

    private static string RealPath(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var folder = RealPath(parent);
        var here = Path.Combine(folder, Path.GetFileName(path));
        return LinkTarget(here) is { } target ? RealPath(Path.GetFullPath(target, folder)) : here;
    }

    // What listens everywhere is reached on the loopback.
    private static Uri ReachableUrl(string url) =>
        new(url.Replace("//0.0.0.0", "//127.0.0.1", StringComparison.Ordinal).Replace("//[::]", "//[::1]", StringComparison.Ordinal).TrimEnd('/') + '/');

    private static string? LinkTarget(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget;
        }
        catch (IOException)
        {
            return null;
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int process, int signal);
}
