using System.Text;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Pushes;
using static Slug.Tests.Droplets.StoreScene;

namespace Slug.Tests.Droplets;

[CancelAfter(60_000)]
public class StepStoreTests
{
    private StoreScene store = null!;
    private StepStore steps = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        store = await StoreScene.OpenAsync();
        steps = new(store.Database, store.Damaged, store.Claims, TimeProvider.System);
    }

    [TearDown]
    public void Close() => store.Dispose();

    [Test]
    public async Task What_a_step_made_is_found_by_all_that_it_declared(CancellationToken cancellationToken)
    {
        var made = await KeepAsync(store.Plan(), "key", "layer");

        var (kept, _) = await FindAsync(store.Plan(), "key", cancellationToken);

        Assert.That(kept!.Layer, Is.EqualTo(made.Layer));
        Assert.That(kept.ForRunAlone);
        Assert.That((await FindAsync(store.Plan(), "another key", cancellationToken)).Absence, Is.EqualTo("no build of 'app' has left them of these files"));
    }

    [Test]
    public async Task Another_app_stack_or_builder_finds_nothing(CancellationToken cancellationToken)
    {
        await KeepAsync(store.Plan(), "key", "layer");
        var other = store.Plan();
        Assert.Multiple(async () =>
        {
            Assert.That((await FindAsync(store.Plan(await store.AppAsync("other")), "key", cancellationToken)).Kept, Is.Null);
            Assert.That((await FindAsync(other with { Builder = DigestOf("newer") }, "key", cancellationToken)).Kept, Is.Null);
            Assert.That((await FindAsync(other with { Stack = StackOf("patched") }, "key", cancellationToken)).Kept, Is.Null);
        });
    }

    [Test]
    public async Task A_layer_that_the_build_never_handed_in_is_not_kept(CancellationToken cancellationToken)
    {
        var plan = store.Plan();
        using var open = store.Claims.Open(plan.Id);
        await store.LayerAsync("layer");

        await store.Database.WriteAsync(db => Keep(db, plan, Made("key", "layer")), cancellationToken);

        Assert.That(await steps.ListAsync(store.App, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task The_layer_stays_through_a_sweep_until_it_is_cleared(CancellationToken cancellationToken)
    {
        await KeepAsync(store.Plan(), "key", "layer");
        await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That((await FindAsync(store.Plan(), "key", cancellationToken)).Kept, Is.Not.Null);

        Assert.That(await steps.ClearAsync(store.App, "tests", cancellationToken), Has.Count.EqualTo(1));
        await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);

        Assert.That(store.Images.Blobs.List(), Is.Empty);
    }

    [Test]
    public async Task Of_one_buildpack_the_three_that_were_used_last_are_kept(CancellationToken cancellationToken)
    {
        foreach (var key in (string[])["one", "two", "three"])
            await KeepAsync(store.Plan(), key, key);
        await FindAsync(store.Plan(), "one", cancellationToken);
        await KeepAsync(store.Plan(), "four", "four");

        Assert.That((await FindAsync(store.Plan(), "two", cancellationToken)).Kept, Is.Null);
        Assert.That((await FindAsync(store.Plan(), "one", cancellationToken)).Kept, Is.Not.Null);
    }

    [Test]
    public async Task A_push_may_pass_over_it_or_clear_it(CancellationToken cancellationToken)
    {
        await KeepAsync(store.Plan(), "key", "layer");

        Assert.That((await FindAsync(store.Plan() with { Cache = CacheWish.PassOver }, "key", cancellationToken)).Absence, Is.EqualTo("as the push asked (-o no-cache)"));
        Assert.That((await FindAsync(store.Plan(), "key", cancellationToken)).Kept, Is.Not.Null);
        Assert.That((await FindAsync(store.Plan() with { Cache = CacheWish.Clear }, "key", cancellationToken)).Kept, Is.Null);
        Assert.That((await FindAsync(store.Plan(), "key", cancellationToken)).Kept, Is.Null);
    }

    [Test]
    public async Task A_build_reads_the_layers_that_it_was_told_of_and_no_other(CancellationToken cancellationToken)
    {
        await KeepAsync(store.Plan(), "key", "layer");
        var layers = new LayerStore(store.Database, store.Images, store.Damaged, store.Turn, store.Claims, Options.Create(new BuildOptions()), TimeProvider.System);
        var plan = store.Plan();
        using var open = store.Claims.Open(plan.Id);

        Assert.That(await layers.FindClaimedAsync(plan, DigestOf("layer"), cancellationToken), Is.Null);
        await steps.FindAsync(plan, DigestOf("key"), cancellationToken);
        using var content = new MemoryStream();
        await layers.ReadAsync((await layers.FindClaimedAsync(plan, DigestOf("layer"), cancellationToken))!, layer => layer.CopyToAsync(content, cancellationToken), cancellationToken);
        Assert.That(Encoding.UTF8.GetString(content.ToArray()), Is.EqualTo("layer"));
    }

    [Test]
    public async Task What_is_damaged_is_not_kept_and_is_again_once_it_is_whole(CancellationToken cancellationToken)
    {
        await KeepAsync(store.Plan(), "key", "layer");
        await File.WriteAllTextAsync(store.Images.Blobs.PathOf(DigestOf("layer")), "la", cancellationToken);
        Assert.That(await FindAsync(store.Plan(), "key", cancellationToken), Is.EqualTo(((KeptStep?)null, "what was kept of them is damaged")));

        await File.WriteAllTextAsync(store.Images.Blobs.PathOf(DigestOf("layer")), "layer", cancellationToken);
        Assert.That(await store.Damaged.IsWholeAsync(DigestOf("layer"), cancellationToken));
        Assert.That((await FindAsync(store.Plan(), "key", cancellationToken)).Kept, Is.Not.Null);
    }

    // As the store does when a build's droplet is made: the layer was handed in by this very build.
    private async Task<MadeStep> KeepAsync(BuildPlan plan, string key, string layer)
    {
        using var open = store.Claims.Open(plan.Id);
        await store.LayerAsync(layer);
        store.Claims.Add(plan.Id, DigestOf(layer));
        var made = Made(key, layer);
        await store.Database.WriteAsync(db => Keep(db, plan, made), CancellationToken.None);
        return made;
    }

    private bool Keep(System.Data.IDbConnection db, BuildPlan plan, MadeStep made)
    {
        steps.Keep(db, plan, [made]);
        return true;
    }

    private async Task<(KeptStep? Kept, string Absence)> FindAsync(BuildPlan plan, string key, CancellationToken cancellationToken)
    {
        using var open = store.Claims.Open(plan.Id);
        return await steps.FindAsync(plan, DigestOf(key), cancellationToken);
    }

    private static MadeStep Made(string key, string layer) =>
        new() { Buildpack = "nodejs", Key = DigestOf(key), Layer = new(DigestOf(layer), layer.Length), ForRunAlone = true };
}
