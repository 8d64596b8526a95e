using System.Globalization;
using Slug.Engines;

namespace Slug.Commands.Running;

/// <summary>One container of an app, removed however its use ends.</summary>
internal sealed class AppContainer(DockerEngine engine, string id) : IAsyncDisposable
{
    public string Id => id;

    /// <summary>As the engine names a port.</summary>
    public static string Port(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}/tcp");

    public Task StartAsync(CancellationToken cancellationToken) => engine.Containers.StartAsync(id, cancellationToken);

    /// <summary>Where its page is; null where no port is published, or it has ended.</summary>
    public async Task<Uri?> FindUrlAsync(CancellationToken cancellationToken)
    {
        var details = await engine.Containers.FindAsync(id, cancellationToken);
        return details?.NetworkSettings.Ports?.Values.SelectMany(bindings => bindings ?? []).FirstOrDefault() is { } binding
            ? new($"http://{binding.HostIp}:{binding.HostPort}/")
            : null;
    }

    public async Task<bool> HasEndedAsync(CancellationToken cancellationToken) =>
        await engine.Containers.FindAsync(id, cancellationToken) is not { State.Running: true };

    /// <summary>What it wrote, both streams together.</summary>
    public async Task<string> ReadLogAsync(CancellationToken cancellationToken)
    {
        using var text = new MemoryStream();
        await using var log = await engine.Containers.LogsAsync(id, follow: false, cancellationToken);
        await new MultiplexedStream(log).CopyAsync(text, text, cancellationToken);
        return System.Text.Encoding.UTF8.GetString(text.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await engine.Containers.RemoveAsync(id, CancellationToken.None);
        }
        catch (EngineException)
        {
            // The engine is gone: what ended the run tells of it, and its label lets 'slug down --purge' find the container.
        }
    }
}
