using System.Collections.Concurrent;
using System.Formats.Tar;
using Slug.Content;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;

namespace Slug.Stacks;

/// <summary>What Debian packages a stack's run image has: dpkg's own list, taken from the image once.</summary>
internal sealed class StackPackages(DockerEngine engine, Instance instance)
{
    private const string Status = "/var/lib/dpkg/status";

    private readonly ConcurrentDictionary<Digest, byte[]> seen = new();

    /// <summary>The list; null where the engine has the image no more.</summary>
    /// <exception cref="EngineException">The engine does not answer.</exception>
    public async Task<byte[]?> StatusAsync(Digest runImage, CancellationToken cancellationToken)
    {
        if (seen.TryGetValue(runImage, out var known))
            return known;
        if (await engine.Images.FindAsync(runImage.ToString(), cancellationToken) is null || await ReadAsync(runImage, cancellationToken) is not { } status)
            return null;
        return seen.GetOrAdd(runImage, status);
    }

    // Files of an image are had of a container of it, which need not run.
    private async Task<byte[]?> ReadAsync(Digest runImage, CancellationToken cancellationToken)
    {
        var spec = new ContainerSpec
        {
            Image = runImage.ToString(),
            Cmd = ["true"],
            Labels = new Dictionary<string, string> { [Instance.Label] = instance.Id },
            HostConfig = new() { NetworkMode = "none" },
        };
        var container = await engine.Containers.CreateAsync($"slug-{instance.Id}-packages-{Guid.NewGuid():N}", spec, cancellationToken);
        try
        {
            await using var tar = await engine.Containers.OpenArchiveAsync(container, Status, cancellationToken);
            if (tar is null)
                return null;
            await using var reader = new TarReader(tar);
            if (await reader.GetNextEntryAsync(copyData: false, cancellationToken) is not { DataStream: { } data })
                return null;
            using var status = new MemoryStream();
            await data.CopyToAsync(status, cancellationToken);
            return status.ToArray();
        }
        finally
        {
            await engine.Containers.RemoveAsync(container, CancellationToken.None);
        }
    }
}
