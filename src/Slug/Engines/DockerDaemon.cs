using System.Net.Sockets;
using Slug.Hosting;

namespace Slug.Engines;

/// <summary>Starts the Docker engine on a machine whose init system does not.</summary>
internal sealed class DockerDaemon(DockerEngine engine, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private const int LinesShown = 8;

    /// <summary>How long dockerd may take until it answers. Default 60 s.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>True where systemd runs and starts services itself.</summary>
    public static bool HasSystemd => Directory.Exists("/run/systemd/system");

    /// <summary>Returns once the engine answers, and starts it first if it does not. It outlives this process.</summary>
    /// <returns>True where it was started.</returns>
    /// <exception cref="EngineException">It cannot be started, or does not answer in time.</exception>
    public async Task<bool> EnsureAsync(string logDirectory, CancellationToken cancellationToken)
    {
        if (await AnswersAsync(cancellationToken))
            return false;
        Directory.CreateDirectory(logDirectory);
        var log = Path.Combine(logDirectory, "slug-dockerd.log");
        var child = await StartAsync(log, cancellationToken);
        try
        {
            await WaitUntilItAnswersAsync(child, log, cancellationToken);
        }
        finally
        {
            child?.Release();
        }
        return true;
    }

    private async Task<StartedChild?> StartAsync(string log, CancellationToken cancellationToken)
    {
        if (HasSystemd)
        {
            await new ChildProcess("systemctl", "start", "docker").RunAsync(cancellationToken);
            return null;
        }
        if (!IsInstalled())
            throw EngineException.DaemonMissing(new FileNotFoundException("dockerd is in no folder of PATH"));
        return new ChildProcess("dockerd", "--host", engine.Address.ToString()).StartDetached(log);
    }

    private async Task WaitUntilItAnswersAsync(StartedChild? child, string log, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await AnswersAsync(cancellationToken))
        {
            if (child?.HasExited == true || time.GetElapsedTime(started) > Patience)
                throw EngineException.DaemonEnded(log, LastLines(log));
            await Task.Delay(Pause, time, cancellationToken);
        }
    }

    // The socket alone is asked first: the client's own retries would only slow the waiting down.
    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using (await engine.Address.ConnectAsync(cancellationToken))
                await engine.PingAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or EngineException)
        {
            return false;
        }
    }

    private static bool IsInstalled() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "dockerd")));

    private static string LastLines(string log) =>
        File.Exists(log) ? string.Join(" | ", File.ReadLines(log).TakeLast(LinesShown)) : "none";
}
