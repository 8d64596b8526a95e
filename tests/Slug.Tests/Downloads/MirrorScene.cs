using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Slug.Downloads;
using Slug.Hosting;
using Slug.Remotes;
using Slug.Stacks;

namespace Slug.Tests.Downloads;

/// <summary>The mirror with a data directory of its own, and a registry to fetch from.</summary>
internal sealed class MirrorScene : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("slug-downloads-");
    private ServiceProvider services = null!;

    private MirrorScene(PackageRegistry registry) => Registry = registry;

    public PackageRegistry Registry { get; }

    public DownloadOptions Options => services.GetRequiredService<DownloadOptions>();

    public ArchiveStore Store => services.GetRequiredService<ArchiveStore>();

    /// <summary>What is kept, the longest unused first.</summary>
    public IReadOnlyList<FileInfo> Kept => [.. new DirectoryInfo(Folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(file => file.LastWriteTimeUtc)];

    public string Folder => Path.Combine(folder.FullName, "downloads");

    public static async Task<MirrorScene> StartAsync(long limit = 1_000_000)
    {
        var scene = new MirrorScene(await PackageRegistry.StartAsync());
        var data = new DataDirectory(scene.folder.FullName);
        data.Create();
        await File.WriteAllTextAsync(Path.Combine(scene.folder.FullName, "sources.list"), $"deb {scene.Registry.Url}debian bookworm main\ndeb {scene.Registry.Url}newer trixie main\n");
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Downloads:Limit", $"{limit}"), new("Downloads:Patience", "00:00:00.500"), new("Downloads:NpmRegistry", scene.Registry.Url), new("Downloads:NuGetSource", scene.Registry.Url + "v3/index.json"), new("Downloads:AptDirectory", scene.folder.FullName)]).Build();
        var collection = new ServiceCollection();
        collection.AddLogging().AddSingleton(data).AddSingleton(TimeProvider.System);
        collection.AddSingleton(new StackCatalog(Path.Combine(Checkout.Root, "stacks"), null!));
        collection.AddRemotes(configuration);
        collection.AddDownloads(configuration);
        scene.services = collection.BuildServiceProvider();
        return scene;
    }

    public Task<DownloadResult> AskAsync(string registry, string target, bool reads = true) =>
        services.GetRequiredService<Mirror>().GetAsync(registry, target, reads, TestContext.CurrentContext.CancellationToken);

    /// <summary>The bytes that a build gets; null where it gets none from here.</summary>
    public async Task<byte[]?> FetchAsync(string registry, string target)
    {
        if (await AskAsync(registry, target) is not DownloadResult.Found(var content))
            return null;
        await using var found = content;
        using var bytes = new MemoryStream();
        await found.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await Registry.DisposeAsync();
        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
