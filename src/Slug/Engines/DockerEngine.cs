using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The Docker engine of this machine, over its Unix socket.</summary>
internal sealed class DockerEngine : IDisposable
{
    private readonly EngineConnection connection;

    public DockerEngine(EngineOptions options, TimeProvider time)
    {
        connection = new(options, time);
        Images = new(connection);
        Containers = new(connection);
        Networks = new(connection);
    }

    public EngineAddress Address => connection.Address;

    public EngineImages Images { get; }

    public EngineContainers Containers { get; }

    public EngineNetworks Networks { get; }

    /// <summary>Returns once the engine has answered.</summary>
    /// <exception cref="EngineException">It does not answer, or is too old.</exception>
    public Task PingAsync(CancellationToken cancellationToken) =>
        connection.DoAsync(EngineCall.Get("/_ping"), cancellationToken);

    public Task<ApiVersion> ApiVersionAsync(CancellationToken cancellationToken) => connection.VersionAsync(cancellationToken);

    public Task<EngineVersion> VersionAsync(CancellationToken cancellationToken) =>
        connection.ReadAsync(EngineCall.Get("/version"), EngineJson.Default.EngineVersion, cancellationToken);

    public Task<EngineState> StateAsync(CancellationToken cancellationToken) =>
        connection.ReadAsync(EngineCall.Get("/info"), EngineJson.Default.EngineState, cancellationToken);

    public void Dispose() => connection.Dispose();
}
