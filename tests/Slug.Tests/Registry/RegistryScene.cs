using System.Formats.Tar;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Engines;
using Slug.Hosting;
using Slug.Registry;
using Slug.Releases;
using Slug.Stacks;
using Slug.Tests.Commands;
using Slug.Tests.Droplets;
using Slug.Tests.Engines;
using Slug.Tokens;

namespace Slug.Tests.Registry;

/// <summary>The registry as the service has it, on a port and in a folder of its own. Its engine holds one stack, whose run image is a small tar.</summary>
internal sealed class RegistryScene : IAsyncDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly byte[] runTar = new byte[70_000];
    private FakeEngine engine = null!;
    private WebApplication web = null!;
    private int layers;

    private RegistryScene() => new Random(7).NextBytes(runTar);

    public string Url { get; private set; } = "";

    public string Token { get; private set; } = "";

    public App App { get; private set; } = null!;

    public Digest RunLayer => Digest.Of(runTar);

    /// <summary>How often the engine gave its image out.</summary>
    public int Exports => engine.Asked.Count(path => path.EndsWith("/get", StringComparison.Ordinal));

    /// <summary>What stands in the engine's archive in place of the run image's layer.</summary>
    public byte[]? WrongLayer { get; set; }

    public bool IsStackBuilt { get; set; } = true;

    public OciLayout Images => Service<OciLayout>();

    public Database Database => Service<Database>();

    /// <summary>A client that shows the token.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>One that shows nothing.</summary>
    public HttpClient Stranger { get; private set; } = null!;

    public static async Task<RegistryScene> StartAsync()
    {
        var scene = new RegistryScene();
        await scene.OpenAsync();
        return scene;
    }

    public T Service<T>()
        where T : notnull => web.Services.GetRequiredService<T>();

    /// <summary>A release of a droplet of one layer with one file; gives its number.</summary>
    public async Task<int> ReleaseAsync(string content, App? app = null)
    {
        var (plan, name) = (Plan(app ?? App), $"layer{++layers}");
        using var push = Service<Claims>().Open(plan.Id);
        Directory.CreateDirectory(folder.In(name));
        await File.WriteAllTextAsync(Path.Combine(folder.In(name), "file"), content);
        using var tar = new MemoryStream();
        await LayerTar.WriteAsync(folder.In(name), "./app", LayerModes.AsFound, tar, CancellationToken.None);
        using var zstd = new MemoryStream();
        await using (var compressed = new ZstdCompressStream(zstd))
            await compressed.WriteAsync(tar.ToArray());
        zstd.Position = 0;
        var diffId = Digest.Of(tar.ToArray());
        await Service<LayerStore>().ReceiveAsync(plan, diffId, LayerForm.Zstd, zstd, CancellationToken.None);
        return await InsertAsync(app ?? App, (await Service<LayerStore>().FindAsync(diffId, CancellationToken.None))!);
    }

    /// <summary>A manifest by its tag, made where it is not yet.</summary>
    public async Task<(Digest Digest, ImageManifest Manifest)> ManifestAsync(string tag)
    {
        using var response = await Client.GetAsync($"v2/app/manifests/{tag}");
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK), await response.Content.ReadAsStringAsync());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        return (Digest.Of(bytes), OciJson.ReadManifest(bytes));
    }

    public async Task<string> ErrorOfAsync(string path, HttpStatusCode status)
    {
        using var response = await Client.GetAsync(path);
        Assert.That(response.StatusCode, Is.EqualTo(status));
        var error = JsonNode.Parse(await response.Content.ReadAsStringAsync())!["errors"]![0]!;
        return $"{error["code"]}: {error["message"]}";
    }

    public void Damage(Digest blob)
    {
        var path = Images.Blobs.PathOf(blob);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    public Task<Swept> SweepAsync(int keepReleases) =>
        Service<DropletSweep>().RunAsync(new(Keep: 0, long.MaxValue), "tests", db => ReleaseStore.Trim(db, keepReleases, TimeProvider.System, "tests"), CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Stranger.Dispose();
        await web.StopAsync();
        await web.DisposeAsync();
        await engine.DisposeAsync();
        folder.Dispose();
    }

    private async Task OpenAsync()
    {
        engine = await FakeEngine.StartAsync(AnswerAsync, CancellationToken.None);
        var data = new DataDirectory(folder.In("data"));
        data.Create();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton(data).AddSingleton(TimeProvider.System).AddSingleton(Instance.Of(data))
            .AddSingleton<Database>().AddTokens().AddSingleton<Claims>().AddSingleton<ConfigKey>()
            .AddSingleton(engine.Client()).AddSingleton<StackPackages>().AddSingleton<BuildEnvironment>()
            .AddSingleton(provider => new BuildJobs(provider.GetRequiredService<BuildEnvironment>(), mirror: null!, provider.GetRequiredService<IOptions<BuildOptions>>()));
        builder.Services.AddOptions<BuildOptions>();
        builder.Services.AddSingleton(provider => new StackImages(provider.GetRequiredService<DockerEngine>(), "test"));
        builder.Services.AddSingleton(provider => new StackCatalog(Path.Combine(Checkout.Root, "stacks"), provider.GetRequiredService<StackImages>()));
        builder.Services.AddApps();
        builder.Services.AddDroplets();
        builder.Services.AddReleases();
        builder.Services.AddRegistry();
        web = builder.Build();
        web.UseRouting().UseMiddleware<TokenGate>().UseEndpoints(routes => routes.MapRegistry());
        await web.StartAsync();
        Url = web.Urls.Single();
        await Service<TokenStore>().EnsureAdminAsync(CancellationToken.None);
        Token = (await File.ReadAllTextAsync(data.Token)).Trim();
        App = await Service<AppStore>().FindOrCreateAsync(AppName.Parse("app"), "tests", CancellationToken.None);
        Stranger = new() { BaseAddress = new(Url) };
        Client = new() { BaseAddress = new(Url), DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) } };
    }

    private async Task<int> InsertAsync(App app, Layer layer)
    {
        var droplet = new ImageConfig
        {
            Architecture = "amd64",
            OperatingSystem = "linux",
            Process = new()
            {
                User = "1000:1000",
                Environment = ["HOME=/app", "PATH=/usr/local/bin:/usr/bin:/bin"],
                EntryPoint = ["/app/.slug/launch"],
                Command = ["web"],
                WorkingDirectory = "/app",
                StopSignal = "SIGTERM",
                Labels = new Dictionary<string, string> { ["slug.process.web"] = "serve" },
            },
            RootFileSystem = new() { DiffIds = [layer.DiffId] },
        };
        var config = OciJson.Write(droplet);
        var digest = await Images.Blobs.WriteAsync(config, CancellationToken.None);
        var manifest = await Images.Blobs.WriteAsync(
            OciJson.Write(new ImageManifest
            {
                Config = new() { MediaType = MediaTypes.Config, Digest = digest, Size = config.Length },
                Layers = [new() { MediaType = MediaTypes.LayerZstd, Digest = layer.Blob, Size = layer.BlobSize }],
            }), CancellationToken.None);
        return await Database.WriteAsync(
            db => db.QuerySingle<int>(
                """
                insert or ignore into droplets (digest, manifest, processes, stack, size, created_at) values (@digest, @manifest, '{}', 'bookworm', 1, @at);
                insert or ignore into droplet_layers (droplet, position, diff_id) values (@digest, 0, @DiffId);
                insert or ignore into app_droplets (app_id, key, droplet, build_id, created_at) values (@Id, @digest, @digest, 'build', @at);
                insert into releases (app_id, version, droplet, commit_id, description, config, created_at)
                select @Id, coalesce(max(version), 0) + 1, @digest, 'c0ffee', '', '{}', @at from releases where app_id = @Id returning version
                """,
                new { digest, manifest, layer.DiffId, app.Id, at = DateTimeOffset.UnixEpoch }),
            CancellationToken.None);
    }

    private static BuildPlan Plan(App app) => new()
    {
        Id = Guid.NewGuid(),
        App = app,
        Branch = "main",
        Source = null!,
        Stack = StoreScene.StackOf("image"),
        Buildpacks = [],
        BuildpacksChosen = false,
        ConfigVars = new Dictionary<string, string>(),
        Builder = Digest.Of([]),
    };

    // The engine's answers about the stack's two images.
    private async Task AnswerAsync(HttpContext http)
    {
        var definition = Service<StackCatalog>().Find("bookworm");
        var digest = definition.DigestWith(definition.HostDotnetSdk ? DotnetSdk.VersionHere() : null);
        var (run, build) = (Image("run", StackLabels.ForRun(definition, digest), RunLayer), Image("build", StackLabels.ForBuild(definition, digest), RunLayer, Digest.Of("more"u8)));
        var path = http.Request.Path.Value!;
        if (path.EndsWith("/images/json", StringComparison.Ordinal))
            await http.Response.WriteAsync(IsStackBuilt ? new JsonArray(run, build).ToJsonString() : "[]");
        else if (path.EndsWith("/get", StringComparison.Ordinal))
            await WriteArchiveAsync(http.Response.Body);
        else
            await http.Response.WriteAsync((path.Contains(IdOf("run"), StringComparison.Ordinal) ? run : build).ToJsonString());
    }

    private static JsonObject Image(string name, StackLabels labels, params Digest[] diffIds) => new()
    {
        ["Id"] = IdOf(name),
        ["Labels"] = new JsonObject(labels.ToDictionary().Select(label => KeyValuePair.Create(label.Key, (JsonNode?)label.Value))),
        ["RootFS"] = new JsonObject { ["Layers"] = new JsonArray([.. diffIds.Select(diffId => (JsonNode)diffId.ToString())]) },
    };

    private static string IdOf(string name) => Digest.Of(System.Text.Encoding.UTF8.GetBytes(name)).ToString();

    private async Task WriteArchiveAsync(Stream body)
    {
        await using var tar = new TarWriter(body, TarEntryFormat.Gnu);
        await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, "abc/VERSION") { DataStream = new MemoryStream("1.0"u8.ToArray()) });
        await tar.WriteEntryAsync(new GnuTarEntry(TarEntryType.RegularFile, "abc/layer.tar") { DataStream = new MemoryStream(WrongLayer ?? runTar) });
    }
}
