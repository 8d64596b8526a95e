using System.Formats.Tar;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Releases;
using Slug.Tests.Tokens;
using Slug.Tokens;

namespace Slug.Tests.Dashboard;

/// <summary>A running service with an app that has a failed build and two releases, and a browser. All that users name is hostile.</summary>
internal sealed class DashboardScene : IAsyncDisposable
{
    public const string Hostile = "<img src=x onerror=\"alert('1')\">";

    private DashboardScene(RunningService service, App app) => (Service, App) = (service, app);

    public RunningService Service { get; }

    public App App { get; }

    public Guid Failed { get; } = Guid.CreateVersion7();

    public Digest First { get; private set; }

    public Digest Second { get; private set; }

    public static async Task<DashboardScene> StartAsync(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var service = await RunningService.StartAsync(CancellationToken.None, settings);
        var apps = service.Services.GetRequiredService<AppStore>();
        await apps.FindOrCreateAsync(AppName.Parse("other"), "tests", CancellationToken.None);
        var scene = new DashboardScene(service, await apps.FindOrCreateAsync(AppName.Parse("mine"), Hostile, CancellationToken.None));
        await scene.FailAsync();
        scene.First = await scene.ReleaseAsync(("app/lib/same", "equal"), ("app/gone", "12345"), ("app/changed", "1234"));
        scene.Second = await scene.ReleaseAsync(("app/lib/same", "equal"), ("app/changed", "123456"), ($"app/{Hostile.Replace('/', '|')}", new string('x', 2000)));
        await scene.Get<ReleaseStore>().ConfigureAsync(scene.App, new Dictionary<string, string?> { ["SECRET"] = Hostile }, "tests", CancellationToken.None);
        return scene;
    }

    public T Get<T>()
        where T : notnull => Service.Services.GetRequiredService<T>();

    /// <summary>A browser that is signed in with these scopes, of this app or of all.</summary>
    public async Task<Browser> BrowserAsync(AppName? app, params Scope[] scopes)
    {
        var token = await Service.TokenAsync(new($"token-{Guid.NewGuid():N}"[..24], app, scopes.ToHashSet()), CancellationToken.None);
        return await Browser.SignedInAsync(Service, token, CancellationToken.None);
    }

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    private async Task FailAsync()
    {
        using (var log = Get<BuildLogs>().Start(Failed))
        {
            log.Say("-----> Compiling");
            log.Append(new() { At = DateTimeOffset.UnixEpoch, Source = LogSource.Err, Text = $"\e[31m{Hostile}\e[0m" });
            log.Say($" !     {Hostile}");
        }

        Get<BuildLogs>().Finish(Failed);
        var phases = """[{"phase":"fetch","startedAt":"2026-01-01T00:00:00Z","finishedAt":"2026-01-01T00:00:01Z","exitCode":0},{"phase":"compile","startedAt":"2026-01-01T00:00:01Z","finishedAt":"2026-01-01T00:00:05Z","exitCode":41}]""";
        await Get<Database>().WriteAsync(
            db => db.Execute(
                """
                insert into builds (id, app_id, status, branch, commit_id, tree_id, phase, phases, message, created_at, started_at, finished_at)
                values (@Failed, @Id, 'failed', 'main', @commit, @commit, 'compile', @phases, @message, @now, @now, @now)
                """,
                new { Failed, App.Id, commit = new string('c', 40), phases, message = $"SLUG3002: {Hostile}", now = DateTimeOffset.UnixEpoch }),
            CancellationToken.None);
    }

    private async Task<Digest> ReleaseAsync(params (string Path, string Content)[] files)
    {
        var tar = TarOf(files);
        var diffId = Digest.Of(tar);
        Assert.That(await Get<LayerStore>().TryStoreAsync(diffId, new MemoryStream(tar), CancellationToken.None), Is.True);
        var layer = (await Get<LayerStore>().FindAsync(diffId, CancellationToken.None))!;
        using var entered = await Get<StoreTurn>().EnterAsync(CancellationToken.None);
        var images = Get<OciLayout>();
        var config = OciJson.Write(new ImageConfig { Architecture = "amd64", OperatingSystem = "linux", Process = new(), RootFileSystem = new() { DiffIds = [diffId] } });
        var digest = await images.Blobs.WriteAsync(config, CancellationToken.None);
        var manifest = await images.Blobs.WriteAsync(
            OciJson.Write(new ImageManifest
            {
                Config = new() { MediaType = MediaTypes.Config, Digest = digest, Size = config.Length },
                Layers = [new() { MediaType = MediaTypes.LayerZstd, Digest = layer.Blob, Size = layer.BlobSize }],
            }), CancellationToken.None);
        await Get<Database>().WriteAsync(
            db => db.Execute(
                """
                insert into droplets (digest, manifest, processes, stack, size, created_at) values (@digest, @manifest, @processes, 'bookworm', @BlobSize, @now);
                insert into droplet_layers (droplet, position, diff_id) values (@digest, 0, @DiffId);
                insert into app_droplets (app_id, key, droplet, build_id, created_at) values (@Id, @digest, @digest, 'build', @now);
                """,
                new { digest, manifest, layer.DiffId, layer.BlobSize, App.Id, processes = """{"web":"<b>serve</b>"}""", now = DateTimeOffset.UnixEpoch })
                + Get<ReleaseStore>().Create(db, App, digest, new string('d', 40), Hostile, "tests"),
            CancellationToken.None);
        return digest;
    }

    private static byte[] TarOf((string Path, string Content)[] files)
    {
        var tar = new MemoryStream();
        using (var writer = new TarWriter(tar, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "./app/"));
            foreach (var (path, content) in files.OrderBy(file => file.Path, StringComparer.Ordinal))
                writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"./{path}") { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content)), ModificationTime = DateTimeOffset.UnixEpoch });
        }

        return tar.ToArray();
    }
}
