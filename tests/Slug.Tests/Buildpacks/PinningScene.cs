using System.Formats.Tar;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slug.Buildpacks;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Remotes;

namespace Slug.Tests.Buildpacks;

/// <summary>What pins buildpacks, with a data directory and a database of its own, and another machine to fetch from.</summary>
internal sealed class PinningScene : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slug-pins-");
    private ServiceProvider services = null!;

    private PinningScene(BuildpackHost host) => Host = host;

    public BuildpackHost Host { get; }

    public DataDirectory Data { get; private set; } = null!;

    public List<string> Said { get; } = [];

    public RemoteOptions Options => services.GetRequiredService<RemoteOptions>();

    public BuildpackShelf Shelf => services.GetRequiredService<BuildpackShelf>();

    /// <summary>With the loopback open, unless the operator is said to allow something else.</summary>
    public static async Task<PinningScene> StartAsync(string allow = "127.0.0.0/8")
    {
        var scene = new PinningScene(await BuildpackHost.StartAsync()) { };
        scene.Data = new(Path.Combine(scene.folder.FullName, "data"));
        scene.Data.Create();
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Remotes:Allow", allow), new("Remotes:RetryDelay", "00:00:00.001"), new("Remotes:Limit", "1000000")]).Build();
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton(scene.Data).AddSingleton(TimeProvider.System).AddSingleton<Database>();
        collection.AddRemotes(configuration);
        collection.AddBuildpacks();
        scene.services = collection.BuildServiceProvider();
        return scene;
    }

    public Task<BuildpackReference> PinAsync(string address) =>
        services.GetRequiredService<BuildpackPinning>().PinAsync(BuildpackAddress.Parse(address), Said.Add, TestContext.CurrentContext.CancellationToken);

    /// <summary>What is in a pinned buildpack.</summary>
    public Dictionary<string, string> FilesOf(BuildpackReference pinned)
    {
        var files = new Dictionary<string, string>();
        using var tar = new TarReader(Shelf.Open(pinned.Digest!.Value)!);
        while (tar.GetNextEntry() is { } entry)
        {
            if (entry.DataStream is { } data)
                files[entry.Name] = new StreamReader(data).ReadToEnd();
        }

        return files;
    }

    /// <summary>What lies about of attempts that have ended.</summary>
    public IEnumerable<string> Rests() => Directory.EnumerateFileSystemEntries(Data.Temporary).Concat(Directory.EnumerateFiles(Data.Buildpacks, "*.new"));

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
