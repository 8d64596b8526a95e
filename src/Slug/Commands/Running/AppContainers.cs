using System.Globalization;
using System.Security.Cryptography;
using Slug.Api;
using Slug.Commands.Services;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;

namespace Slug.Commands.Running;

/// <summary>Makes containers of an app's current release: its stack's run image with the droplet unpacked into it.</summary>
internal sealed class AppContainers(DockerEngine engine, ServiceClient client)
{
    public const string Launcher = "/app/.slug/launch";
    private const int InnerPort = 5000;

    // Kept by the engine for the one who asks why it ended.
    public static readonly LogConfig SmallLog = new("local", new Dictionary<string, string> { ["max-size"] = "1m", ["max-file"] = "1", ["compress"] = "false" });

    /// <exception cref="CommandException">The run image is not on this machine.</exception>
    public async Task<AppContainer> CreateAsync(LaunchView launch, RunPlan plan, CancellationToken cancellationToken)
    {
        if (await engine.Images.FindAsync(launch.RunImage, cancellationToken) is null)
            throw CommandException.Failure(
                $"SLUG8041: the run image '{launch.RunImage}' of the app '{launch.App}' is not in this machine's Docker engine; build it: slug stacks build");
        var status = await client.GetAsync(ServiceRoute.Status, ApiJson.Default.StatusView, cancellationToken);
        var network = await NetworkAsync(status.Instance, cancellationToken);
        var name = $"slug-{status.Instance}-run-{launch.App}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3))}";
        var id = await engine.Containers.CreateAsync(name, Spec(launch, plan, status.Instance, network), cancellationToken);
        var container = new AppContainer(engine, id);
        try
        {
            await UnpackAsync(launch.App, id, cancellationToken);
            return container;
        }
        catch
        {
            await container.DisposeAsync();
            throw;
        }
    }

    private async Task<string> NetworkAsync(string instance, CancellationToken cancellationToken)
    {
        var network = new BuildNetwork(engine, instance);
        // The service made it with its own rules: they are not ours to change.
        if (await engine.Networks.FindAsync(network.Name, cancellationToken) is null)
            await network.EnsureAsync(NetworkPolicy.OfThisMachine([]), cancellationToken);
        return network.Name;
    }

    private async Task UnpackAsync(string app, string id, CancellationToken cancellationToken)
    {
        await using var layers = await client.OpenAsync(ServiceRoute.Layers(app), cancellationToken);
        await engine.Containers.PutArchiveAsync(id, "/", layers.CopyToAsync, cancellationToken);
    }

    private static ContainerSpec Spec(LaunchView launch, RunPlan plan, string instance, string network) => new()
    {
        Image = launch.RunImage,
        Entrypoint = [Launcher],
        Cmd = plan.Words,
        Env =
        [
            .. launch.Environment.Where(pair => pair.Key != "PORT").Select(pair => $"{pair.Key}={pair.Value}"),
            string.Create(CultureInfo.InvariantCulture, $"PORT={InnerPort}"),
        ],
        WorkingDir = "/app",
        Hostname = launch.App,
        Labels = new Dictionary<string, string> { [Instance.Label] = instance, ["slug.run"] = launch.App },
        ExposedPorts = plan.Listens ? new Dictionary<string, EmptyObject> { [AppContainer.Port(InnerPort)] = new() } : null,
        Tty = plan.Terminal,
        OpenStdin = plan.Interactive,
        StdinOnce = plan.Interactive,
        AttachStdin = plan.Interactive,
        HostConfig = HardenedHost.With(new ContainerLimits(), network) with
        {
            LogConfig = SmallLog,
            PortBindings = plan.Listens
                ? new Dictionary<string, IReadOnlyList<PortBinding>> { [AppContainer.Port(InnerPort)] = [new("127.0.0.1", $"{plan.Port ?? 0}")] }
                : null,
        },
    };
}
