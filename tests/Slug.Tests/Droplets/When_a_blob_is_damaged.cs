using System.Text;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets;

[CancelAfter(60_000)]
public class When_a_blob_is_damaged
{
    private StoreScene store = null!;
    private LayerStore layers = null!;
    private DropletStore droplets = null!;
    private BuildPlan plan = null!;
    private IDisposable push = null!;
    private byte[] tar = null!;
    private byte[] compressed = null!;
    private Digest diffId;
    private Droplet droplet = null!;
    private Digest blob;

    [SetUp]
    public async Task MakeDropletAsync()
    {
        store = await StoreScene.OpenAsync();
        layers = new(store.Database, store.Images, store.Damaged, store.Turn, store.Claims, Options.Create(new BuildOptions()), TimeProvider.System);
        droplets = new(
            store.Database, store.Images, layers, new StepStore(store.Database, store.Damaged, store.Claims, TimeProvider.System),
            recording: null!, store.Damaged, store.Turn, store.Claims, Options.Create(new BuildOptions()), TimeProvider.System);
        plan = store.Plan();
        push = store.Claims.Open(plan.Id);

        await PackAsync();
        await ReceiveAsync();
        blob = (await layers.FindAsync(diffId, CancellationToken.None))!.Blob;
        droplet = await InsertAsync();
    }

    [TearDown]
    public void Close()
    {
        push.Dispose();
        store.Dispose();
    }

    [Test]
    public async Task Should_break_an_archive_off_and_remember_why(CancellationToken cancellationToken)
    {
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.Null);
        FlipABit(blob);
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.Null, "nobody has read it yet");

        using var body = new MemoryStream();
        var archive = new DropletArchive(droplets, layers);
        Assert.That(() => archive.WriteTarAsync(droplet, body, cancellationToken), Throws.InstanceOf<DamagedBlobException>().Or.InstanceOf<InvalidDataException>());

        Assert.That(body.Length, Is.LessThan(tar.Length));
        Assert.That(await store.Damaged.DropletsAsync(cancellationToken), Is.EqualTo((Digest[])[droplet.Digest]));
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(blob));
        Assert.That(await EventsAsync(cancellationToken), Is.EqualTo((string[])[$"blob.damaged {blob}"]));
    }

    [Test]
    public async Task Should_know_a_layer_that_is_gone_or_cut_without_reading_it([Values] bool gone, CancellationToken cancellationToken)
    {
        if (gone)
            store.Images.Blobs.Delete(blob);
        else
            await File.WriteAllBytesAsync(store.Images.Blobs.PathOf(blob), compressed[..^1], cancellationToken);

        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(blob));
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[blob]));
    }

    [Test]
    public async Task Should_read_config_and_manifest_before_the_droplet_is_given_out([Values] bool manifest, CancellationToken cancellationToken)
    {
        var document = manifest ? droplet.Manifest : droplet.Digest;
        FlipABit(document);
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(document));
    }

    [Test]
    public async Task Should_ask_for_the_layer_again_and_be_whole_when_it_came(CancellationToken cancellationToken)
    {
        FlipABit(blob);
        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.Not.Null, "not known yet");
        await store.Damaged.IsWholeAsync(blob, cancellationToken);
        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.Null);

        await ReceiveAsync();

        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.Not.Null);
        Assert.That(await store.Damaged.DropletsAsync(cancellationToken), Is.Empty);
        Assert.That(await EventsAsync(cancellationToken), Is.EqualTo((string[])[$"blob.damaged {blob}", $"blob.mended {blob}"]));
        using var body = new MemoryStream();
        await new DropletArchive(droplets, layers).WriteTarAsync(droplet, body, cancellationToken);
        Assert.That(body.ToArray(), Is.EqualTo(tar));
    }

    [Test]
    public async Task Should_not_hand_it_to_a_build(CancellationToken cancellationToken)
    {
        FlipABit(blob);
        var layer = (await layers.FindClaimedAsync(plan, diffId, cancellationToken))!;
        using var body = new MemoryStream();
        Assert.That(() => layers.ReadAsync(layer, part => part.CopyToAsync(body, cancellationToken), cancellationToken), Throws.InstanceOf<DamagedBlobException>().Or.InstanceOf<InvalidDataException>());
        Assert.That(body.Length, Is.LessThan(layer.TarSize));
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[blob]));
    }

    [Test]
    public async Task Should_forget_it_with_the_droplet_that_had_it(CancellationToken cancellationToken)
    {
        FlipABit(blob);
        await store.Damaged.IsWholeAsync(blob, cancellationToken);
        push.Dispose();
        await store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.Empty);
        Assert.That(await store.Damaged.IsWholeAsync(blob, cancellationToken), Is.False, "it is gone");
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.Empty, "and nobody misses it");
    }

    private static byte[] Noise()
    {
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private async Task PackAsync()
    {
        using var folder = new ScratchFolder();
        await File.WriteAllBytesAsync(folder.In("noise"), Noise());
        using var packed = new MemoryStream();
        await LayerTar.WriteAsync(folder.Path, "./app", LayerModes.AsFound, packed, CancellationToken.None);
        tar = packed.ToArray();
        diffId = Digest.Of(tar);
        using var squeezed = new MemoryStream();
        await using (var zstd = new ZstdCompressStream(squeezed))
            await zstd.WriteAsync(tar);
        compressed = squeezed.ToArray();
    }

    private Task ReceiveAsync() => layers.ReceiveAsync(plan, diffId, LayerForm.Zstd, new MemoryStream(compressed), CancellationToken.None);

    private async Task<Droplet> InsertAsync()
    {
        var config = await store.Images.Blobs.WriteAsync("the config"u8.ToArray(), CancellationToken.None);
        var manifest = await store.Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes($"the manifest of {config}"), CancellationToken.None);
        await store.Database.WriteAsync(
            db => db.Execute(
                """
                insert into droplets values (@config, @manifest, '{}', 'bookworm', 1, @now, 1);
                insert into droplet_layers values (@config, 0, @diffId);
                insert into app_droplets values (@Id, @config, @config, 'build', @now);
                """,
                new { config, manifest, diffId, plan.App.Id, now = DateTimeOffset.UnixEpoch }),
            CancellationToken.None);
        return (await droplets.FindAsync(config, CancellationToken.None))!;
    }

    private void FlipABit(Digest digest)
    {
        var path = store.Images.Blobs.PathOf(digest);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private Task<IReadOnlyList<string>> EventsAsync(CancellationToken cancellationToken) =>
        store.Database.ReadAsync<IReadOnlyList<string>>(
            db => db.Query<string>("select kind || ' ' || subject from events where kind like 'blob.%' order by id").AsList(), cancellationToken);
}
