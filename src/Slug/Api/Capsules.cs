using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Api;

/// <summary>What is kept of failed builds, with what a container of it is to be given.</summary>
internal sealed class Capsules(FailureCapsules kept, MountedFiles files, BuildNetwork network, Instance instance, IOptions<BuildOptions> options)
{
    public async Task<CapsuleView?> FindAsync(Guid build, CancellationToken cancellationToken) =>
        await kept.FindAsync(build, cancellationToken) is not { } capsule ? null : new()
        {
            Build = capsule.Build,
            App = capsule.App,
            Phase = capsule.Phase,
            Image = capsule.Image,
            Size = capsule.Size,
            CreatedAt = capsule.CreatedAt,
            Instance = instance.Id,
            Memory = options.Value.Memory,
            Cpus = options.Value.Cpus,
            Pids = options.Value.Pids,
            Network = options.Value.Network == "none" ? "none" : network.Name,
            CaBundle = files.CaBundle,
        };
}
