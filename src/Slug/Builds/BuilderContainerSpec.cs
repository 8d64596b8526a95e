using Microsoft.Extensions.Options;
using Slug.Content;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;
using Slug.Tokens;

namespace Slug.Builds;

/// <summary>What a build's container is: the stack's build image, the builder, its socket and the host's certificates, and every limit.</summary>
internal sealed class BuilderContainerSpec(
    IOptions<BuildOptions> options, Instance instance, DataDirectory data, MountedFiles files, BuildNetwork network)
{
    /// <summary>The label whose presence tells build containers from others of the instance.</summary>
    public const string Label = "slug.build";

    private const string Builder = "/slug/slug-builder";
    private const string SocketFolder = "/slug/run";

    public string NameFor(Token token) => $"slug-{instance.Id}-build-{token.Hash[..12]}";

    public ContainerSpec For(Digest image, Token token) => new BuildContainer
    {
        Image = image.ToString(),
        Command = [Builder],
        Environment = new Dictionary<string, string>
        {
            ["SLUG_SERVICE"] = $"{SocketFolder}/{Path.GetFileName(data.BuilderSocket)}",
            ["SLUG_TOKEN"] = token.Reveal(),
        },
        Labels = new Dictionary<string, string> { [Instance.Label] = instance.Id, [Label] = "" },
        Network = options.Value.Network == "none" ? "none" : network.Name,
        Mounts = [.. Mounts()],
        MemoryFolder = FailureCapsule.ConfigVars,
        Limits = new() { Memory = options.Value.Memory, Cpus = options.Value.Cpus, Processes = options.Value.Pids },
    }.ToSpec();

    private IEnumerable<Mount> Mounts()
    {
        yield return Mount.Readable(files.Builder, Builder);
        yield return Mount.Readable(data.BuilderSocketDirectory, SocketFolder);
        if (files.CaBundle is { } bundle)
            yield return Mount.Readable(bundle, BuildEnvironment.CaBundle);
    }
}
