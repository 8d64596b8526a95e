using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Stacks;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets;

[CancelAfter(30_000)]
public class StepStoreTests
{
    private readonly Claims claims = new();
    private ScratchFolder folder = null!;
    private Database database = null!;
    private OciLayout images = null!;
    private StoreTurn turn = null!;
    private DamagedBlobs damaged = null!;
    private StepStore steps = null!;
    private App app = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        folder = new();
        var data = new DataDirectory(folder.Path);
        data.Create();
        (database, images, turn) = (new(data), new(data.Images), new());
        damaged = new(database, images, turn, TimeProvider.System, NullLogger<DamagedBlobs>.Instance);
        steps = new(database, damaged, claims, TimeProvider.System);
        app = await AppAsync("app");
    }

    [TearDown]
    public void Close()
    {
        turn.Dispose();
        images.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task What_a_step_made_is_found_by_all_that_it_declared(CancellationToken cancellationToken)
    {
        var made = await KeepAsync(Plan(app), "key", "layer");

        var (kept, _) = await FindAsync(Plan(app), "key", cancellationToken);

        Assert.That(kept!.Layer, Is.EqualTo(made.Layer));
        Assert.That(kept.ForRunAlone);
        Assert.That((await FindAsync(Plan(app), "another key", cancellationToken)).Absence, Is.EqualTo("no build of 'app' has left them of these files"));
    }

    [Test]
    public async Task Another_app_stack_or_builder_finds_nothing(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "key", "layer");
        var other = Plan(app);
        Assert.Multiple(async () =>
        {
            Assert.That((await FindAsync(Plan(await AppAsync("other")), "key", cancellationToken)).Kept, Is.Null);
            Assert.That((await FindAsync(other with { Builder = DigestOf("newer") }, "key", cancellationToken)).Kept, Is.Null);
            Assert.That((await FindAsync(other with { Stack = StackOf("patched") }, "key", cancellationToken)).Kept, Is.Null);
        });
    }

    [Test]
    public async Task A_layer_that_the_build_never_handed_in_is_not_kept(CancellationToken cancellationToken)
    {
        var plan = Plan(app);
        using var open = claims.Open(plan.Id);
        await LayerAsync("layer");

        await database.WriteAsync(db => Keep(db, plan, Made("key", "layer")), cancellationToken);

        Assert.That(await steps.ListAsync(app, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task The_layer_stays_through_a_sweep_until_it_is_cleared(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "key", "layer");
        await SweepAsync(cancellationToken);
        Assert.That((await FindAsync(Plan(app), "key", cancellationToken)).Kept, Is.Not.Null);

        Assert.That(await steps.ClearAsync(app, cancellationToken), Has.Count.EqualTo(1));
        await SweepAsync(cancellationToken);

        Assert.That(images.Blobs.List(), Is.Empty);
    }

    [Test]
    public async Task Of_one_buildpack_the_three_that_were_used_last_are_kept(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])["one", "two", "three"])
            await KeepAsync(Plan(app), key, key);
        await FindAsync(Plan(app), "one", cancellationToken);
        await KeepAsync(Plan(app), "four", "four");

        Assert.That((await FindAsync(Plan(app), "two", cancellationToken)).Kept, Is.Null);
        Assert.That((await FindAsync(Plan(app), "one", cancellationToken)).Kept, Is.Not.Null);
    }

    [Test]
    public async Task A_push_may_pass_over_it_or_clear_it(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "key", "layer");

        Assert.That((await FindAsync(Plan(app) with { Cache = CacheWish.PassOver }, "key", cancellationToken)).Absence, Is.EqualTo("as the push asked (-o no-cache)"));
        Assert.That((await FindAsync(Plan(app), "key", cancellationToken)).Kept, Is.Not.Null);
        Assert.That((await FindAsync(Plan(app) with { Cache = CacheWish.Clear }, "key", cancellationToken)).Kept, Is.Null);
        Assert.That((await FindAsync(Plan(app), "key", cancellationToken)).Kept, Is.Null);
    }

    [Test]
    public async Task A_build_reads_the_layers_that_it_was_told_of_and_no_other(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "key", "layer");
        var layers = new LayerStore(database, images, damaged, turn, claims, Options.Create(new BuildOptions()), TimeProvider.System);
        var plan = Plan(app);
        using var open = claims.Open(plan.Id);

        Assert.That(await layers.FindClaimedAsync(plan, DigestOf("layer"), cancellationToken), Is.Null);
        await steps.FindAsync(plan, DigestOf("key"), cancellationToken);
        using var content = new MemoryStream();
        await layers.CopyAsync((await layers.FindClaimedAsync(plan, DigestOf("layer"), cancellationToken))!, content, cancellationToken);
        Assert.That(Encoding.UTF8.GetString(content.ToArray()), Is.EqualTo("layer"));
    }

    [Test]
    public async Task What_is_damaged_is_not_kept_and_is_again_once_it_is_whole(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "key", "layer");
        await File.WriteAllTextAsync(images.Blobs.PathOf(DigestOf("layer")), "la", cancellationToken);
        Assert.That(await FindAsync(Plan(app), "key", cancellationToken), Is.EqualTo(((KeptStep?)null, "what was kept of them is damaged")));

        await File.WriteAllTextAsync(images.Blobs.PathOf(DigestOf("layer")), "layer", cancellationToken);
        Assert.That(await damaged.IsWholeAsync(DigestOf("layer"), cancellationToken));
        Assert.That((await FindAsync(Plan(app), "key", cancellationToken)).Kept, Is.Not.Null);
    }

    private Task<App> AppAsync(string name) => new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse(name), CancellationToken.None);

    // As the store does when a build's droplet is made: the layer was handed in by this very build.
    private async Task<MadeStep> KeepAsync(BuildPlan plan, string key, string layer)
    {
        using var open = claims.Open(plan.Id);
        await LayerAsync(layer);
        claims.Add(plan.Id, DigestOf(layer));
        var made = Made(key, layer);
        await database.WriteAsync(db => Keep(db, plan, made), CancellationToken.None);
        return made;
    }

    private bool Keep(System.Data.IDbConnection db, BuildPlan plan, MadeStep made)
    {
        steps.Keep(db, plan, [made]);
        return true;
    }

    private async Task<(KeptStep? Kept, string Absence)> FindAsync(BuildPlan plan, string key, CancellationToken cancellationToken)
    {
        using var open = claims.Open(plan.Id);
        return await steps.FindAsync(plan, DigestOf(key), cancellationToken);
    }

    private async Task LayerAsync(string text)
    {
        var blob = await images.Blobs.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        await database.WriteAsync(db => db.Execute("insert into layers values (@blob, @Length, @blob, @Length, '')", new { blob, text.Length }), CancellationToken.None);
    }

    private Task<Swept> SweepAsync(CancellationToken cancellationToken) =>
        new DropletSweep(database, images, damaged, turn, claims).RunAsync(new(Keep: 0, long.MaxValue), _ => { }, cancellationToken);

    private static MadeStep Made(string key, string layer) =>
        new() { Buildpack = "nodejs", Key = DigestOf(key), Layer = new(DigestOf(layer), layer.Length), ForRunAlone = true };

    private static Digest DigestOf(string text) => Digest.Of(Encoding.UTF8.GetBytes(text));

    private static Stack StackOf(string image) => new() { Name = "bookworm", StandsInFor = "heroku-22", RunImage = DigestOf(image), BuildImage = DigestOf(image), RunSize = 1, BuildSize = 1 };

    private static BuildPlan Plan(App app) => new()
    {
        Id = Guid.NewGuid(),
        App = app,
        Branch = "main",
        Source = null!,
        Stack = StackOf("image"),
        Buildpacks = [],
        BuildpacksChosen = false,
        ConfigVars = new Dictionary<string, string>(),
        Builder = Digest.Of([]),
    };
}
