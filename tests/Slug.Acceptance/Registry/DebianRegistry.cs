using System.Net;
using System.Net.Sockets;

namespace Slug.Acceptance.Registry;

/// <summary>Debian's docker-registry as a process of one test, for a user <c>ann</c> with the password <c>secret</c>. The package is unpacked, not installed: installed, it starts a service.</summary>
internal sealed class DebianRegistry : IAsyncDisposable
{
    // bcrypt of "secret".
    private const string Users = "ann:$2b$05$kEJn7kGHzf364wTT5bNtcugAAjCT9xWR0sJBp1Jb9SvaqlTc4ukLa\n";

    private readonly string folder = Directory.CreateTempSubdirectory("slug-registry-").FullName;
    private RunningProgram? process;

    private DebianRegistry(int port) => Host = $"127.0.0.1:{port}";

    public string Host { get; }

    private string Program => Path.Combine(folder, "package", "usr", "bin", "docker-registry");

    private string Settings => Path.Combine(folder, "config.yml");

    public static async Task<DebianRegistry> StartAsync(CancellationToken cancellationToken)
    {
        var registry = new DebianRegistry(FreePort());
        await registry.UnpackAsync(cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(registry.folder, "users"), Users, cancellationToken);
        await File.WriteAllTextAsync(
            registry.Settings,
            $"""
            version: 0.1
            storage:
              filesystem:
                rootdirectory: {registry.folder}/data
            http:
              addr: {registry.Host}
            auth:
              htpasswd:
                realm: somebody
                path: {registry.folder}/users
            """, cancellationToken);
        await registry.ServeAsync(cancellationToken);
        return registry;
    }

    /// <summary>Starts it on the data that is there.</summary>
    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        process = RunningProgram.Start(Program, ["serve", Settings]);
        await process.SaysAsync("listening on", cancellationToken);
    }

    /// <summary>Ends it as a power cut would.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process!.Kill();
        await process.EndAsync(cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    private async Task UnpackAsync(CancellationToken cancellationToken)
    {
        var download = await RunAsync(cancellationToken, "apt-get", "--quiet", "download", "docker-registry");
        if (download.ExitCode != 0)
        {
            await RunAsync(cancellationToken, "apt-get", "--quiet", "update");
            download = await RunAsync(cancellationToken, "apt-get", "--quiet", "download", "docker-registry");
        }

        Assert.That(download.ExitCode, Is.Zero, download.Output);
        var package = Directory.GetFiles(folder, "*.deb").Single();
        Assert.That((await RunAsync(cancellationToken, "dpkg-deb", "--extract", package, "package")).ExitCode, Is.Zero);
    }

    private async Task<ProgramResult> RunAsync(CancellationToken cancellationToken, params string[] command)
    {
        await using var running = RunningProgram.Start(command[0], command[1..], folder);
        return await running.EndAsync(cancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
