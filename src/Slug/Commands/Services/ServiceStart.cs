using System.Net;
using System.Net.Sockets;
using Slug.Commands.Setup;
using Slug.Hosting;

namespace Slug.Commands.Services;

/// <summary>Starts the service in the background and waits until it is ready.</summary>
internal sealed class ServiceStart(DataDirectory data, TimeProvider time)
{
    private const int LinesShown = 12;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(20);

    public string Log => Path.Combine(data.Root, "service.log");

    /// <param name="port">Null takes the service's own default.</param>
    /// <param name="cancellationToken">Stops what was started.</param>
    /// <exception cref="CommandException">It ended, or was not ready in time; the message quotes its log.</exception>
    public Task<RunningService> RunAsync(int? port, CancellationToken cancellationToken)
    {
        if (port is { } wanted and > 0)
            RequireFree(wanted);
        return RunAsync(Program(port), cancellationToken);
    }

    /// <param name="program">The service, whatever program and options it is of.</param>
    /// <param name="cancellationToken">Stops what was started.</param>
    /// <exception cref="CommandException">It ended, or was not ready in time; the message quotes its log.</exception>
    public async Task<RunningService> RunAsync(ChildProcess program, CancellationToken cancellationToken)
    {
        var logged = File.Exists(Log) ? new FileInfo(Log).Length : 0;
        var child = program.StartDetached(Log);
        try
        {
            var service = await ReadyAsync(child, logged, cancellationToken);
            child.Release();
            return service;
        }
        catch
        {
            await child.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private ChildProcess Program(int? port) => new(
        Path.Combine(AppContext.BaseDirectory, "slug"),
        ["serve", "--data", data.Root, .. port is { } number ? ["--port", $"{number}"] : Array.Empty<string>()])
    {
        WorkingDirectory = "/",
    };

    private async Task<RunningService> ReadyAsync(StartedChild child, long logged, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            if (RunningService.Find(data) is { } service && service.Pid == child.Id && await service.IsHealthyAsync(cancellationToken))
                return service;
            if (child.HasExited)
                throw CommandException.Failure($"SLUG8022: the service ended at its start; the last lines of '{Log}':\n{LogFrom(logged)}");
            if (time.GetElapsedTime(started) > patience)
                throw CommandException.Failure(
                    $"SLUG8023: the service was not ready within {patience.TotalSeconds:0} s; the last lines of '{Log}':\n{LogFrom(logged)}");
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private string LogFrom(long start)
    {
        using var file = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = start;
        using var reader = new StreamReader(file);
        return LastLines.Of(reader.ReadToEnd(), LinesShown);
    }

    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException exception)
        {
            throw CommandException.User($"SLUG8024: port '{port}' is not free ({exception.Message}); choose another with --port");
        }
    }
}
