using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Stacks;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets;

/// <summary>A real store in a folder of one test: database, blobs, and an app.</summary>
internal sealed class StoreScene : IDisposable
{
    private readonly ScratchFolder folder = new();

    private StoreScene()
    {
        Data = new(folder.Path);
        Data.Create();
        (Database, Images) = (new(Data), new(Data.Images));
        Damaged = new(Database, Images, Turn, TimeProvider.System, NullLogger<DamagedBlobs>.Instance);
        Apps = new(Database, TimeProvider.System);
    }

    public DataDirectory Data { get; }

    public Database Database { get; }

    public OciLayout Images { get; }

    public StoreTurn Turn { get; } = new();

    public Claims Claims { get; } = new();

    public DamagedBlobs Damaged { get; }

    public AppStore Apps { get; }

    public DropletSweep Sweep => new(Database, Images, Damaged, Turn, Claims, TimeProvider.System);

    public App App { get; private set; } = null!;

    public static async Task<StoreScene> OpenAsync()
    {
        var scene = new StoreScene();
        scene.App = await scene.AppAsync("app");
        return scene;
    }

    public static Digest DigestOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    public static Stack StackOf(string image) => new() { Name = "bookworm", StandsInFor = "heroku-22", RunImage = DigestOf(image), BuildImage = DigestOf(image), RunSize = 1, BuildSize = 1 };

    public Task<App> AppAsync(string name) => Apps.FindOrCreateAsync(AppName.Parse(name), "tests", CancellationToken.None);

    /// <summary>A layer whose stored form is this text.</summary>
    public async Task<Digest> LayerAsync(string text)
    {
        var blob = await Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        await Database.WriteAsync(db => db.Execute("insert into layers values (@blob, @Length, @blob, @Length, '')", new { blob, text.Length }), CancellationToken.None);
        return blob;
    }

    public Task<Swept> SweepAsync(DropletLimits limits, CancellationToken cancellationToken) =>
        Sweep.RunAsync(limits, "tests", _ => { }, cancellationToken);

    /// <summary>A build of the app, or of another.</summary>
    public BuildPlan Plan(App? app = null) => new()
    {
        Id = Guid.NewGuid(),
        App = app ?? App,
        Branch = "main",
        Source = null!,
        Stack = StackOf("image"),
        Buildpacks = [],
        BuildpacksChosen = false,
        ConfigVars = new Dictionary<string, string>(),
        Builder = Digest.Of([]),
    };

    public void Dispose()
    {
        Turn.Dispose();
        Images.Dispose();
        Database.Dispose();
        folder.Dispose();
    }
}
