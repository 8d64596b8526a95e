using System.Text;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Releases;

namespace Slug.Tests.Droplets;

[CancelAfter(60_000)]
public class DropletSweepTests
{
    private StoreScene store = null!;
    private int made;

    [SetUp]
    public async Task OpenAsync() => store = await StoreScene.OpenAsync();

    [TearDown]
    public void Close() => store.Dispose();

    [Test]
    public async Task Of_the_droplets_without_a_release_the_newest_stay_and_the_others_leave_no_byte(CancellationToken cancellationToken)
    {
        var all = new[] { await MakeAsync("one"), await MakeAsync("two"), await MakeAsync("three") };
        var swept = await store.SweepAsync(new(Keep: 1, long.MaxValue), cancellationToken);
        Assert.That(swept.Count, Is.EqualTo(2));
        Assert.That(await DropletsAsync(), Is.EqualTo([all[2]]));
        Assert.That(store.Images.Blobs.List(), Is.EquivalentTo([LayerOf("three"), all[2], ManifestOf(all[2])]));
        Assert.That((await store.Images.ReadIndexAsync(cancellationToken)).Manifests.Select(named => named.Digest), Is.EqualTo([ManifestOf(all[2])]));
    }

    [Test]
    public async Task A_droplet_of_any_release_stays_whatever_the_limits(CancellationToken cancellationToken)
    {
        var released = await MakeAsync("one");
        await ReleaseAsync(released);
        await ReleaseAsync(await MakeAsync("two"));
        await MakeAsync("three");
        await store.SweepAsync(new(Keep: 0, Size: 0), cancellationToken);
        Assert.That(await DropletsAsync(), Has.Count.EqualTo(2).And.Contains(released));
    }

    [Test]
    public async Task Past_the_size_of_all_the_oldest_go(CancellationToken cancellationToken)
    {
        await ReleaseAsync(await MakeAsync("one"));
        await MakeAsync("two");
        var newest = await MakeAsync("four");
        await store.SweepAsync(new(Keep: 5, Size: "one".Length + "four".Length), cancellationToken);
        Assert.That(await DropletsAsync(), Has.Count.EqualTo(2).And.Contains(newest));
    }

    [Test]
    public async Task A_release_that_is_too_many_goes_with_its_droplet_but_never_the_current_one(CancellationToken cancellationToken)
    {
        await ReleaseAsync(await MakeAsync("one"));
        var current = await MakeAsync("two");
        await ReleaseAsync(current);
        await store.Sweep.RunAsync(new(Keep: 0, long.MaxValue), "tests", db => ReleaseStore.Trim(db, 1, TimeProvider.System, "tests"), cancellationToken);
        Assert.That(await DropletsAsync(), Is.EqualTo([current]));
        Assert.That(await store.Database.ReadAsync(db => db.Query<int>("select version from releases"), cancellationToken), Is.EqualTo([2]));
    }

    [Test]
    public async Task A_layer_stays_while_another_droplet_has_it(CancellationToken cancellationToken)
    {
        await MakeAsync("same", "older");
        await ReleaseAsync(await MakeAsync("same", "newer"));
        Assert.That((await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken)).Count, Is.EqualTo(1));
        Assert.That(store.Images.Blobs.Contains(LayerOf("same")));
    }

    [Test]
    public async Task A_layer_that_a_build_was_told_is_known_stays_until_its_push_ends(CancellationToken cancellationToken)
    {
        await MakeAsync("one");
        var layers = new LayerStore(store.Database, store.Images, store.Damaged, store.Turn, store.Claims, Options.Create(new BuildOptions()), TimeProvider.System);
        var plan = store.Plan();
        using (store.Claims.Open(plan.Id))
        {
            Assert.That(await layers.ClaimAsync(plan, LayerOf("one"), cancellationToken), Is.Not.Null);
            Assert.That((await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken)).Count, Is.EqualTo(1), "the droplet that had it");
            Assert.That(await layers.FindAsync(LayerOf("one"), cancellationToken), Is.Not.Null);
            Assert.That(store.Images.Blobs.Contains(LayerOf("one")));
        }

        await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That(store.Images.Blobs.List(), Is.Empty);
        Assert.That(await layers.ClaimAsync(plan, LayerOf("one"), cancellationToken), Is.Null, "the push has ended, and the layer is gone");
    }

    [Test]
    public async Task A_droplet_that_a_push_is_about_to_release_stays(CancellationToken cancellationToken)
    {
        var droplet = await MakeAsync("one");
        var push = Guid.NewGuid();
        using var open = store.Claims.Open(push);
        store.Claims.Add(push, droplet);
        await store.SweepAsync(new(Keep: 0, Size: 0), cancellationToken);
        Assert.That(await DropletsAsync(), Is.EqualTo([droplet]));
        await ReleaseAsync(droplet);
    }

    [Test]
    public async Task A_sweep_waits_while_a_blob_gets_its_name_and_its_row(CancellationToken cancellationToken)
    {
        var entered = await store.Turn.EnterAsync(cancellationToken);
        var sweep = store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That(sweep.IsCompleted, Is.False);
        var droplet = await MakeAsync("late");
        await ReleaseAsync(droplet);
        entered.Dispose();
        Assert.That((await sweep).Count, Is.Zero);
        Assert.That(store.Images.Blobs.Contains(LayerOf("late")));
    }

    [Test]
    public async Task What_a_crash_left_without_a_row_goes(CancellationToken cancellationToken)
    {
        await store.Images.Blobs.WriteAsync("of nobody"u8.ToArray(), cancellationToken);
        Assert.That(await store.SweepAsync(new(Keep: 5, long.MaxValue), cancellationToken), Is.EqualTo(new Swept("droplets", 0, 9)));
        Assert.That(store.Images.Blobs.List(), Is.Empty);
    }

    [Test]
    public async Task A_rehearsal_says_the_same_and_removes_nothing(CancellationToken cancellationToken)
    {
        await MakeAsync("one");
        await MakeAsync("two");
        var before = store.Images.Blobs.List().ToList();
        var limits = new DropletLimits(Keep: 1, long.MaxValue);
        var said = await store.Sweep.RehearseAsync(limits, _ => { }, cancellationToken);
        Assert.That(await DropletsAsync(), Has.Count.EqualTo(2));
        Assert.That(store.Images.Blobs.List(), Is.EquivalentTo(before));
        Assert.That(await store.SweepAsync(limits, cancellationToken), Is.EqualTo(said));
    }

    // A droplet of one layer that holds this text, remembered for the app.
    private async Task<Digest> MakeAsync(string text, string? config = null)
    {
        var layer = await store.Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        var digest = await store.Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes(config ?? $"config of {text}"), CancellationToken.None);
        var manifest = await store.Images.Blobs.WriteAsync(ManifestBytes(digest), CancellationToken.None);
        await store.Images.ChangeIndexAsync(index => index with { Manifests = [.. index.Manifests, new() { MediaType = MediaTypes.Manifest, Digest = manifest, Size = 1 }] }, CancellationToken.None);
        var at = DateTimeOffset.UnixEpoch.AddHours(++made);
        await store.Database.WriteAsync(
            db => db.Execute(
                """
                insert into layers values (@layer, 1, @layer, @Length, @at) on conflict do nothing;
                insert into droplets values (@digest, @manifest, '{}', 'bookworm', @Length, @at, 1);
                insert into droplet_layers values (@digest, 0, @layer);
                insert into app_droplets values (@Id, @key, @digest, 'build', @at);
                """,
                new { layer, text.Length, at, digest, manifest, store.App.Id, key = digest }),
            CancellationToken.None);
        return digest;
    }

    private Task<int> ReleaseAsync(Digest droplet) => store.Database.WriteAsync(
        db => db.Execute(
            "insert into releases (app_id, version, droplet, description, config, created_at) select @Id, count(*) + 1, @droplet, '', '{}', '' from releases",
            new { store.App.Id, droplet }),
        CancellationToken.None);

    private Task<IReadOnlyList<Digest>> DropletsAsync() =>
        store.Database.ReadAsync<IReadOnlyList<Digest>>(db => db.Query<Digest>("select digest from droplets order by created_at").AsList(), CancellationToken.None);

    private static Digest LayerOf(string text) => StoreScene.DigestOf(text);

    private static Digest ManifestOf(Digest droplet) => Digest.Of(ManifestBytes(droplet));

    private static byte[] ManifestBytes(Digest droplet) =>
        OciJson.Write(new ImageManifest { Config = new() { MediaType = MediaTypes.Config, Digest = droplet, Size = 1 }, Layers = [] });
}
