using Slug.Api;
using Slug.Builds;
using Slug.Commands;
using Slug.Commands.Running;
using Slug.Commands.Services;
using Slug.Commands.Setup;
using Slug.Engines;
using Slug.Engines.Wire;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>The container of one stage: the run image, a droplet of Slug, the engine's socket, and a data directory that has the same path inside and outside.</summary>
internal sealed class StageContainer(DockerEngine engine, DataDirectory data) : IAsyncDisposable
{
    private const int LinesShown = 12;
    private static readonly TimeSpan patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    private AppContainer? container;

    /// <summary>Starts what the compiler's current release of Slug is, and waits until it is ready.</summary>
    /// <exception cref="CommandException">It ended, or was not ready in time; the message quotes its log.</exception>
    public async Task<ServiceAddress> StartAsync(Stage compiler, CancellationToken cancellationToken)
    {
        var instance = Instance.Of(data);
        var launch = await compiler.Client.GetAsync(ServiceRoute.Launch(SelfSource.App), ApiJson.Default.LaunchView, cancellationToken);
        // The run image has no iptables: the rules for its builds are made from here.
        await new BuildNetwork(engine, instance.Id).EnsureAsync(NetworkPolicy.OfThisMachine([]), cancellationToken);
        var id = await engine.Containers.CreateAsync($"slug-{instance.Id}-stage", Spec(launch, instance), cancellationToken);
        container = new(engine, id);
        await using (var droplet = await compiler.Client.OpenAsync(ServiceRoute.Layers(SelfSource.App), cancellationToken))
            await engine.Containers.PutArchiveAsync(id, "/", droplet.CopyToAsync, cancellationToken);
        await container.StartAsync(cancellationToken);
        await ReadyAsync(container, cancellationToken);
        return AddressOf(ServiceFile.Read(data)!);
    }

    /// <summary>Ends it politely and removes it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (container is null)
            return;
        await engine.Containers.StopAsync(container.Id, grace, CancellationToken.None);
        await container.DisposeAsync();
    }

    private ServiceAddress AddressOf(ServiceFile file) =>
        new() { Url = new(file.Url + "/"), Token = File.ReadAllText(data.Token).Trim(), TokenFile = data.Token };

    private async Task ReadyAsync(AppContainer stage, CancellationToken cancellationToken)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (await stage.HasEndedAsync(cancellationToken) || TimeProvider.System.GetElapsedTime(started) > patience)
                throw CommandException.Failure(
                    $"SLUG9803: the droplet of Slug does not start; it wrote:\n{LastLines.Of(await stage.ReadLogAsync(cancellationToken), LinesShown)}");
            await Task.Delay(pause, cancellationToken);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        if (ServiceFile.Read(data) is not { } file)
            return false;
        using var client = new ServiceClient(AddressOf(file));
        return await client.IsHealthyAsync(cancellationToken);
    }

    private ContainerSpec Spec(LaunchView launch, Instance instance) => new()
    {
        Image = launch.RunImage,
        Entrypoint = [AppContainers.Launcher],
        Cmd = [RunPlan.Web],
        Env = [.. Environment(launch).Select(variable => $"{variable.Key}={variable.Value}")],
        // The engine's socket and the data directory are root's.
        User = "0:0",
        WorkingDir = "/app",
        Labels = new Dictionary<string, string> { [Instance.Label] = instance.Id, ["slug.stage"] = "" },
        HostConfig = new()
        {
            NetworkMode = "host",
            Mounts = [Mount.Writable(engine.Address.Path, EngineAddress.Default.Path), Mount.Writable(data.Root, data.Root)],
            LogConfig = AppContainers.SmallLog,
            Init = true,
        },
    };

    private Dictionary<string, string> Environment(LaunchView launch)
    {
        var environment = new Dictionary<string, string>(launch.Environment) { ["PORT"] = "0", ["SLUG_DATA"] = data.Root };
        if (BuildSetup.HostBundle() is not { } bundle)
            return environment;
        var copy = Path.Combine(data.Root, "ca-bundle.crt");
        File.Copy(bundle, copy, overwrite: true);
        environment["SLUG_CA_BUNDLE"] = copy;
        return environment;
    }
}
