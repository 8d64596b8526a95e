using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Droplets;
using Slug.Hosting;

namespace Slug.Api;

/// <summary>The service at a glance.</summary>
internal sealed class ServiceStatus(
    AppStore apps, BuildQueue queue, DiskUse disk, Readiness readiness, Instance instance, DataDirectory data, DamagedBlobs damaged,
    IOptions<BuildOptions> options, TimeProvider time)
{
    public async Task<StatusView> ReadAsync(CancellationToken cancellationToken)
    {
        // A status is asked for when something is wrong: an engine that does not answer is an answer.
        var checks = (await readiness.LookAsync(cancellationToken)).ToDictionary(check => check.Name);
        return new(
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
            checks["engine"].Detail,
            checks["stack"].Reason is null ? options.Value.Stack : null,
            (await damaged.DropletsAsync(cancellationToken)).Count);
    }
}
