using System.Formats.Tar;
using System.Security.Cryptography;
using System.Text;
using Slug.Api;
using Slug.Builds;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;

namespace Slug.Commands.Running;

/// <summary>Makes containers of what a failed build left, granted what the build was granted. Config vars are the app's of today.</summary>
internal sealed class CapsuleContainers(DockerEngine engine)
{
    private const int BuildUser = 1000;

    public async Task<AppContainer> CreateAsync(
        CapsuleView capsule, RunPlan plan, IReadOnlyDictionary<string, string> configVars, CancellationToken cancellationToken)
    {
        var name = $"slug-{capsule.Instance}-capsule-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        var id = await engine.Containers.CreateAsync(name, Spec(capsule, plan), cancellationToken);
        var container = new AppContainer(engine, id);
        try
        {
            await engine.Containers.PutArchiveAsync(id, "/", (body, stop) => WriteAsync(configVars, body, stop), cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private static ContainerSpec Spec(CapsuleView capsule, RunPlan plan) => new BuildContainer
    {
        Image = capsule.Image,
        Command = ["/bin/bash", FailureCapsule.LastCommand, .. plan.Words],
        Labels = new Dictionary<string, string> { [Instance.Label] = capsule.Instance },
        Network = capsule.Network,
        Mounts = capsule.CaBundle is { } bundle ? [Mount.Readable(bundle, BuildEnvironment.CaBundle)] : [],
        Limits = new() { Memory = capsule.Memory, Cpus = capsule.Cpus, Processes = capsule.Pids },
    }.ToSpec() with
    {
        Tty = plan.Terminal,
        OpenStdin = plan.Interactive,
        StdinOnce = plan.Interactive,
        AttachStdin = plan.Interactive,
    };

    private static async Task WriteAsync(IReadOnlyDictionary<string, string> configVars, Stream body, CancellationToken cancellationToken)
    {
        await using var tar = new TarWriter(body, TarEntryFormat.Gnu, leaveOpen: true);
        foreach (var (name, value) in configVars)
        {
            await tar.WriteEntryAsync(
                new GnuTarEntry(TarEntryType.RegularFile, $"{FailureCapsule.ConfigVars.TrimStart('/')}/{name}")
                {
                    Uid = BuildUser,
                    Gid = BuildUser,
                    DataStream = new MemoryStream(Encoding.UTF8.GetBytes(value)),
                },
                cancellationToken);
        }
    }
}
