using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Droplets;
using Slug.Engines;
using Slug.Hosting;
using Slug.Stacks;

namespace Slug.Api;

/// <summary>The service at a glance.</summary>
internal sealed class ServiceStatus(
    AppStore apps, BuildQueue queue, DiskUse disk, DockerEngine engine, StackCatalog stacks, Instance instance, DataDirectory data, DamagedBlobs damaged,
    IOptions<BuildOptions> options, TimeProvider time)
{
    public async Task<StatusView> ReadAsync(CancellationToken cancellationToken) => new(
        Program.Version,
        instance.Id,
        data.Root,
        ServiceFile.Read(data)?.Url ?? "",
        ServiceFile.Read(data)?.StartedAt ?? time.GetUtcNow(),
        (await apps.ListAsync(cancellationToken)).Count,
        queue.Running,
        queue.Waiting,
        options.Value.Concurrency,
        await disk.ReadAsync(cancellationToken),
        await EngineAsync(cancellationToken),
        (await StackAsync(cancellationToken))?.Name,
        (await damaged.DropletsAsync(cancellationToken)).Count);

    // A status is asked for when something is wrong: an engine that does not answer is an answer.
    private async Task<string?> EngineAsync(CancellationToken cancellationToken)
    {
        try
        {
            return (await engine.VersionAsync(cancellationToken)).Version;
        }
        catch (EngineException)
        {
            return null;
        }
    }

    private async Task<Stack?> StackAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await stacks.FindBuiltAsync(options.Value.Stack, cancellationToken);
        }
        catch (EngineException)
        {
            return null;
        }
    }
}
