using System.Globalization;
using Slug.Api;
using Slug.Builds;
using Slug.Commands.Services;
using Slug.Content;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Benchmarks.Scenes;

/// <summary>One Slug of its own, started as a user starts it; disposing takes everything of it away, also from the engine.</summary>
internal sealed class Installation : IAsyncDisposable
{
    private static readonly TimeSpan pause = TimeSpan.FromMilliseconds(50);

    // A container that has just started has a builder in it that gets ready: who pushes every few seconds never meets that.
    private static readonly TimeSpan settled = TimeSpan.FromSeconds(3);

    private readonly TemporaryFolder folder = new();
    private RunningService? service;

    private Installation() => Data = new(folder.In("data"));

    public DataDirectory Data { get; }

    public DockerEngine Engine { get; } = new(new(), TimeProvider.System);

    /// <summary>The label of all that it has in the engine.</summary>
    public string Label => $"{Instance.Label}={Instance.Of(Data).Id}";

    private RunningService Service => service ?? throw new InvalidOperationException("the service does not run");

    /// <summary>Starts one with options of <c>slug serve</c> beside port and data.</summary>
    public static async Task<Installation> StartAsync(CancellationToken cancellationToken, params string[] options)
    {
        var installation = new Installation();
        try
        {
            Directory.CreateDirectory(installation.Data.Root);
            await installation.ServeAsync(options, cancellationToken);
            return installation;
        }
        catch
        {
            await installation.DisposeAsync();
            throw;
        }
    }

    /// <summary>The operator's.</summary>
    public string Token => File.ReadAllText(Data.Token).Trim();

    /// <summary>Where git finds an app, the token in it.</summary>
    public string RemoteOf(string app) => $"{Service.Url.Scheme}://git:{Token}@{Service.Url.Authority}/{app}.git";

    public Uri AddressOf(string path) => new(Service.Url, path);

    /// <summary>Reads an answer to its end.</summary>
    /// <returns>Its length in bytes.</returns>
    public async Task<long> DownloadAsync(string route, CancellationToken cancellationToken)
    {
        using var client = new ServiceClient(new() { Url = Service.Url, Token = Token });
        await using var body = await client.OpenAsync(route, cancellationToken);
        await using var counted = new DigestStream(Stream.Null);
        await body.CopyToAsync(counted, cancellationToken);
        return counted.Length;
    }

    /// <summary>Bytes of an app's newest droplet, as it is stored.</summary>
    public async Task<long> DropletSizeAsync(string app, CancellationToken cancellationToken)
    {
        using var client = new ServiceClient(new() { Url = Service.Url, Token = Token });
        var droplets = await client.GetAsync(ServiceRoute.Droplets(app), ApiJson.Default.IReadOnlyListDropletView, cancellationToken);
        return droplets[0].Size;
    }

    /// <summary>Waits until nothing is under way: the last build's container is gone and the next one's waits.</summary>
    public async Task QuietAsync(CancellationToken cancellationToken)
    {
        while (await Engine.Containers.ListAsync([Label, BuilderContainerSpec.Label], cancellationToken) is not [{ State: "running" }])
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        await Task.Delay(settled, TimeProvider.System, cancellationToken);
    }

    /// <summary>Ends the service and starts it again, with its data as it is.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken)
    {
        await Programs.RunAsync(new(Machine.Program, "down", "--data", Data.Root), cancellationToken);
        await ServeAsync([], cancellationToken);
    }

    public double ResidentMegabytes() => StatusMegabytes("VmRSS:");

    /// <summary>The most that was ever resident.</summary>
    public double PeakMegabytes() => StatusMegabytes("VmHWM:");

    public async ValueTask DisposeAsync()
    {
        if (File.Exists(Data.Instance))
            await Programs.RunAsync(new(Machine.Program, "down", "--purge", "--data", Data.Root), CancellationToken.None);
        Engine.Dispose();
        folder.Dispose();
    }

    private async Task ServeAsync(string[] options, CancellationToken cancellationToken)
    {
        var log = folder.In("service.log");
        var child = new ChildProcess(Machine.Program, ["serve", "--port", "0", "--data", Data.Root, .. options]).StartDetached(log);
        while ((service = RunningService.Find(Data)) is null)
        {
            if (child.HasExited)
                throw new InvalidOperationException($"the service ended at its start: {await File.ReadAllTextAsync(log, cancellationToken)}");
            await Task.Delay(pause, TimeProvider.System, cancellationToken);
        }
    }

    private double StatusMegabytes(string field)
    {
        var line = File.ReadLines($"/proc/{Service.Pid}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1000;
    }
}
