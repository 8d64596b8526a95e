using Microsoft.Extensions.Options;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Builds;

/// <summary>What must be so in the engine before the first container of this service starts: none of an earlier one, and the network.</summary>
internal sealed class BuildGround(
    DockerEngine engine, BuildNetwork network, Instance instance, IOptions<BuildOptions> options, ILogger<BuildGround> log) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private bool isPrepared;

    /// <summary>Prepares it once; after a failure the next call tries again.</summary>
    /// <exception cref="EngineException">The engine does not answer, or refuses.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (Volatile.Read(ref isPrepared))
            return;
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (isPrepared)
                return;
            var removed = await engine.Containers.RemoveAllAsync([$"{Instance.Label}={instance.Id}", BuilderContainerSpec.Label], cancellationToken);
            if (removed > 0)
                log.ContainersSwept(removed);
            if (options.Value.Network != "none" && await network.EnsureAsync(NetworkPolicy.OfThisMachine(options.Value.ReadAllowed()), cancellationToken) is { } warning)
                log.NetworkUnfiltered(warning);
            Volatile.Write(ref isPrepared, true);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();
}
