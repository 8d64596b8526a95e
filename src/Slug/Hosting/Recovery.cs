using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Buildpacks;
using Slug.Downloads;
using Slug.Droplets;
using Slug.Droplets.Statements;
using Slug.Pushes;
using Slug.Pushes.LargeFiles;
using Slug.Tokens;

namespace Slug.Hosting;

/// <summary>Before the first request: sweeps what a crash left, so that every build and push has one end. Containers are swept when the engine answers.</summary>
internal sealed class Recovery(
    RepositorySweep repositories,
    LargeFileStore largeFiles,
    ConfigSealing config,
    BuildStore builds,
    BuildCaches caches,
    BuildpackCatalog buildpacks,
    DropletStore droplets,
    SigningKey signing,
    SignedLinks links,
    ArchiveStore downloads,
    TokenStore tokens,
    IOptions<BuildOptions> options,
    ILogger<Recovery> log)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await config.RunAsync(cancellationToken);
        signing.Ensure();
        links.Ensure();
        await repositories.RunAsync(cancellationToken);
        largeFiles.Sweep();
        var interrupted = await builds.FailInterruptedAsync(cancellationToken);
        if (interrupted > 0)
            log.BuildsInterrupted(interrupted);
        caches.Sweep();
        droplets.Sweep();
        downloads.Sweep();
        await buildpacks.LoadAsync(options.Value.Buildpacks, cancellationToken);
        await tokens.EnsureAdminAsync(cancellationToken);
    }
}
