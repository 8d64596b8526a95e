using Slug.Commands.Services;
using Slug.Commands.Setup;
using Slug.Commands.Terminals;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Bootstrap;

/// <summary>Where stages run: a folder of this bootstrap's own, one data directory per stage, and the engine. All of it goes at the end.</summary>
internal sealed class StageGround(Steps steps, StageEnd ends) : IAsyncDisposable
{
    private static readonly TimeSpan grace = TimeSpan.FromSeconds(30);

    private readonly string folder = Directory.CreateTempSubdirectory("slug-bootstrap-").FullName;

    public DockerEngine Engine { get; } = new(new EngineOptions(), TimeProvider.System);

    /// <summary>Stage 1: this very program, as a process of this machine.</summary>
    public async Task<Stage> StartFirstAsync(CancellationToken cancellationToken)
    {
        var data = DataOf(1);
        try
        {
            var service = await new ServiceStart(data, TimeProvider.System).RunAsync(port: 0, cancellationToken);
            return new(1, data, ServiceAddress.Find(data, _ => null), () => EndAsync(1, data, () => service.StopAsync(grace, CancellationToken.None)));
        }
        catch
        {
            await EndAsync(1, data, () => Task.CompletedTask);
            throw;
        }
    }

    /// <summary>A later stage: from the droplet that another compiled, in a container of the run image.</summary>
    public async Task<Stage> StartFromDropletAsync(Stage compiler, CancellationToken cancellationToken)
    {
        var number = compiler.Number + 1;
        var data = DataOf(number);
        try
        {
            var container = new StageContainer(Engine, data);
            var address = await container.StartAsync(compiler, cancellationToken);
            return new(number, data, address, () => EndAsync(number, data, async () => await container.DisposeAsync()));
        }
        catch
        {
            await EndAsync(number, data, () => Task.CompletedTask);
            throw;
        }
    }

    public ValueTask DisposeAsync()
    {
        Engine.Dispose();
        if (ends == StageEnd.Removed)
            Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private DataDirectory DataOf(int number)
    {
        var data = new DataDirectory(Path.Combine(folder, $"{number}"));
        data.Create();
        return data;
    }

    private async Task EndAsync(int number, DataDirectory data, Func<Task> stop)
    {
        if (ends == StageEnd.Kept)
        {
            steps.Report($"stage {number} is kept: {data.Root}; remove it with: slug down --purge --data {data.Root}");
            return;
        }

        await steps.RunAsync($"Removing stage {number}", async () =>
        {
            await stop();
            return await new Purge(data, steps).RunAsync(CancellationToken.None);
        });
    }
}

/// <summary>What becomes of the stages when a bootstrap is over.</summary>
internal enum StageEnd
{
    /// <summary>Services, containers, networks and data go.</summary>
    Removed,

    /// <summary>All is left for a look.</summary>
    Kept,
}
