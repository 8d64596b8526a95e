using Microsoft.Extensions.Hosting.Internal;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Droplets.Listings;
using Slug.Droplets.Records;
using Slug.Pushes;

namespace Slug.Tests.Droplets.Records;

/// <summary>A store, and builds of its app that end well: what their builder says is up to the test.</summary>
internal sealed class RecordScene : IDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 5, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly BuildOptions options = new() { Network = "none" };
    private readonly ApplicationLifetime lifetime = new(NullLogger<ApplicationLifetime>.Instance);

    private RecordScene(StoreScene store)
    {
        Store = store;
        Key = new(store.Data);
        Key.Make();
        Records = new(store.Database);
        Layers = new(store.Database, store.Images, store.Damaged, store.Turn, store.Claims, Options.Create(options), TimeProvider.System);
        var recording = new Recording(new(new(Options.Create(options)), mirror: null!, Options.Create(options)), Key, Options.Create(options), TimeProvider.System);
        Droplets = new(
            store.Database, store.Images, Layers, new(store.Database, store.Damaged, store.Claims, TimeProvider.System), recording,
            store.Damaged, store.Turn, store.Claims, Options.Create(options), TimeProvider.System);
    }

    public StoreScene Store { get; }

    public ConfigKey Key { get; }

    public LayerStore Layers { get; }

    public DropletStore Droplets { get; }

    public DropletRecords Records { get; }

    public LateCompression Compression(TimeProvider? time = null) => new(
        Store.Database, Store.Images, Layers, Droplets, Listings(), Store.Turn, time ?? TimeProvider.System, lifetime, NullLogger<LateCompression>.Instance);

    private DropletListings Listings() =>
        new(Store.Database, Droplets, new(Store.Database, Store.Images, Layers, Store.Damaged, Store.Turn, lifetime), Store.Damaged);

    public static async Task<RecordScene> OpenAsync() => new(await StoreScene.OpenAsync());

    public BuildPlan Plan() => Store.Plan() with
    {
        Source = new()
        {
            Commit = ObjectId.Parse(new('c', 40)),
            Tree = ObjectId.Parse(new('d', 40)),
            Folder = SourceFolder.Parse("apps/web"),
            Tally = new(1, 1),
            Repository = new(Store.Data.Repositories),
            Quarantine = null,
            LargeFilesOf = [Store.App.Id],
        },
        Buildpacks = [new("nodejs", StoreScene.DigestOf("nodejs")), new("./mine", null), new("https://host/python", StoreScene.DigestOf("python")) { Revision = "v1" }],
        BuildpacksBy = "push option",
        ConfigVars = new Dictionary<string, string> { ["SECRET"] = "geheimnis" },
    };

    /// <summary>Carries a build to its droplet; the outcome's layers are those that are given.</summary>
    public async Task<Droplet> MakeAsync(BuildPlan plan, BuildOutcome.Succeeded outcome, Action<BuildRun>? during = null)
    {
        using var log = new BuildLog(Path.Combine(Store.Data.Logs, $"{plan.Id}.log"), 1000, TimeProvider.System);
        log.Hide(plan.ConfigVars.Values);
        using var run = new BuildRun(plan, log);
        using var push = Store.Claims.Open(plan.Id);
        foreach (var layer in outcome.Layers)
            Store.Claims.Add(plan.Id, layer.DiffId);
        during?.Invoke(run);
        run.TryFinish(outcome);
        var droplet = (await Droplets.MakeAsync(run, CancellationToken.None))!;
        await Store.Database.WriteAsync(
            db =>
            {
                Droplets.Remember(db, plan, droplet);
                return true;
            },
            CancellationToken.None);
        return droplet;
    }

    public async Task<BuildOutcome.Succeeded> OutcomeAsync(string content = "layer") => new()
    {
        Layers = [new(await Store.LayerAsync(content), content.Length)],
        Processes = new Dictionary<string, string> { ["web"] = "node ." },
        Buildpacks = [new("nodejs", StoreScene.DigestOf("nodejs"), "Node.js")],
    };

    public void Dispose() => Store.Dispose();
}
