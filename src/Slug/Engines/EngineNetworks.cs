using System.Net;
using Slug.Engines.Wire;

namespace Slug.Engines;

/// <summary>The engine's networks.</summary>
internal sealed class EngineNetworks(EngineConnection connection)
{
    /// <returns>The network's id.</returns>
    public async Task<string> CreateAsync(NetworkSpec spec, CancellationToken cancellationToken)
    {
        var call = EngineCall.Post("/networks/create") with { Body = () => JsonContent.Create(spec, EngineJson.Default.NetworkSpec) };
        return (await connection.ReadAsync(call, EngineJson.Default.CreatedObject, cancellationToken)).Id;
    }

    /// <summary>Null where there is no such network.</summary>
    public Task<NetworkDetails?> FindAsync(string nameOrId, CancellationToken cancellationToken) =>
        connection.FindAsync(EngineCall.Get($"/networks/{nameOrId}"), EngineJson.Default.NetworkDetails, cancellationToken);

    public Task<NetworkDetails[]> ListAsync(IEnumerable<string> labels, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            EngineCall.Get("/networks" + EngineQuery.Of(EngineQuery.Labelled(labels))),
            EngineJson.Default.NetworkDetailsArray, cancellationToken);

    /// <summary>False where there is none. A network in use is not removed, and that is an error.</summary>
    public Task<bool> RemoveAsync(string nameOrId, CancellationToken cancellationToken) =>
        connection.DoAsync(EngineCall.Delete($"/networks/{nameOrId}"), cancellationToken, HttpStatusCode.NotFound);

    /// <summary>Removes the networks with all of these labels that no container uses.</summary>
    public Task PruneAsync(IEnumerable<string> labels, CancellationToken cancellationToken) =>
        connection.DoAsync(EngineCall.Post("/networks/prune" + EngineQuery.Of(EngineQuery.Labelled(labels))), cancellationToken);
}
