using Slug.Engines;
using Slug.Engines.Wire;

namespace Slug.Acceptance.Engines;

/// <summary>The real engine, an instance of its own in it, and the stack's build image. All that it made is removed.</summary>
internal sealed class EngineBench : IAsyncDisposable
{
    private readonly string label;

    private EngineBench(DockerEngine engine, string image)
    {
        Engine = engine;
        Image = image;
        Instance = Guid.NewGuid().ToString("N")[..8];
        label = "slug=" + Instance;
        Network = new(engine, Instance);
    }

    public DockerEngine Engine { get; }

    public string Image { get; }

    public string Instance { get; }

    public BuildNetwork Network { get; }

    public static async Task<EngineBench> OpenAsync(CancellationToken cancellationToken) =>
        new(new(new(), TimeProvider.System), (await Slugs.Real.StackAsync(cancellationToken)).Build);

    /// <summary>A hardened container of this bench that runs a bash script.</summary>
    public Task<string> CreateAsync(
        string script, CancellationToken cancellationToken, string network = "none", ContainerLimits? limits = null) =>
        Engine.Containers.CreateAsync($"slug-{Instance}-{Guid.NewGuid():N}", Spec(script, network, limits ?? new()), cancellationToken);

    /// <summary>Runs a script to its end.</summary>
    public async Task<Ending> RunAsync(
        string script, CancellationToken cancellationToken, string network = "none", ContainerLimits? limits = null)
    {
        var id = await CreateAsync(script, cancellationToken, network, limits);
        await using var streams = await Engine.Containers.AttachAsync(id, terminal: false, cancellationToken);
        await Engine.Containers.StartAsync(id, cancellationToken);
        streams.CloseInput();
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        await streams.CopyOutputAsync(output, error, cancellationToken);
        await Engine.Containers.WaitAsync(id, cancellationToken);
        var details = await Engine.Containers.FindAsync(id, cancellationToken);
        return new(details!.State, Text(output), Text(error));
    }

    public async ValueTask DisposeAsync()
    {
        await Engine.Containers.RemoveAllAsync([label], CancellationToken.None);
        await Network.RemoveAsync(CancellationToken.None);
        Engine.Dispose();
    }

    private ContainerSpec Spec(string script, string network, ContainerLimits limits) => new BuildContainer
    {
        Image = Image,
        Command = ["bash", "-c", script],
        Labels = new Dictionary<string, string> { ["slug"] = Instance },
        Network = network,
        Limits = limits,
    }.ToSpec() with { OpenStdin = true, StdinOnce = true, AttachStdin = true };

    private static string Text(MemoryStream stream) => System.Text.Encoding.UTF8.GetString(stream.ToArray()).TrimEnd();
}

/// <summary>How a container ended and what it wrote.</summary>
internal sealed record Ending(ContainerState State, string Output, string Error);
