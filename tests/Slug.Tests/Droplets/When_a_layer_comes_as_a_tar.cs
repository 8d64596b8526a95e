using Slug.Builds;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Content.Wire;
using Slug.Droplets;
using Slug.Tests.Commands;
using Slug.Tests.Droplets.Records;
using Slug.Tests.Pushes;

namespace Slug.Tests.Droplets;

[CancelAfter(60_000)]
internal sealed class When_a_layer_comes_as_a_tar
{
    private readonly FakeTime time = new();
    private RecordScene scene = null!;
    private byte[] tar = null!;
    private Digest diffId;
    private BuildPlan plan = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        scene = await RecordScene.OpenAsync();
        plan = scene.Plan();
        using var folder = new ScratchFolder();
        await File.WriteAllTextAsync(folder.In("file"), string.Concat(Enumerable.Range(0, 100_000)));
        using var packed = new MemoryStream();
        await LayerTar.WriteAsync(folder.Path, "./app", LayerModes.AsFound, packed, CancellationToken.None);
        (tar, diffId) = (packed.ToArray(), Digest.Of(packed.ToArray()));
    }

    [TearDown]
    public void Close() => scene.Dispose();

    [Test]
    public async Task Should_become_a_whole_droplet_at_once(CancellationToken cancellationToken)
    {
        var droplet = await MakeAsync();

        Assert.That((droplet.IsCompressed, droplet.Size), Is.EqualTo((false, tar.Length)));
        Assert.That(await scene.Droplets.DamageOfAsync(droplet, cancellationToken), Is.Null);
        var layer = (await scene.Store.Images.ReadManifestAsync(droplet.Manifest, cancellationToken))!.Layers.Single();
        Assert.That((layer.MediaType, layer.Digest, layer.Size), Is.EqualTo((MediaTypes.Layer, diffId, (long)tar.Length)));
        Assert.That(await ArchiveAsync(droplet, cancellationToken), Is.EqualTo(tar));
    }

    [Test]
    public async Task Should_be_compressed_when_somebody_wants_the_image(CancellationToken cancellationToken)
    {
        var made = await MakeAsync();

        var droplet = (await scene.Compression(time).FindAsync(made.Digest, cancellationToken))!;

        var layer = (await scene.Layers.FindAsync(diffId, cancellationToken))!;
        Assert.That((droplet.Digest, droplet.IsCompressed, droplet.Size), Is.EqualTo((made.Digest, true, layer.BlobSize)));
        Assert.That(layer.BlobSize, Is.LessThan(tar.Length / 2));
        var manifest = (await scene.Store.Images.ReadManifestAsync(droplet.Manifest, cancellationToken))!;
        Assert.That(manifest.Layers.Single(), Is.EqualTo(new Descriptor { MediaType = MediaTypes.LayerZstd, Digest = layer.Blob, Size = layer.BlobSize }));
        Assert.That(await ArchiveAsync(droplet, cancellationToken), Is.EqualTo(tar));
        var record = (await scene.Records.FindAsync(scene.Store.App, droplet.Digest, cancellationToken))!;
        Assert.That((record.Manifest, record.Layers.Single().Blob), Is.EqualTo((droplet.Manifest, layer.Blob)));
    }

    [Test]
    public async Task Should_be_compressed_after_the_push_and_its_tar_go_a_minute_later(CancellationToken cancellationToken)
    {
        using var compression = scene.Compression(time);
        await compression.StartAsync(cancellationToken);
        var made = await MakeAsync();
        compression.Wake();

        await UntilAsync(async () => (await scene.Droplets.FindAsync(made.Digest, cancellationToken))!.IsCompressed, cancellationToken);
        Assert.That(scene.Store.Images.Blobs.Contains(diffId), "who looked for it a moment ago finds it");
        await UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return Task.FromResult(!scene.Store.Images.Blobs.Contains(diffId) && !scene.Store.Images.Blobs.Contains(made.Manifest));
            },
            cancellationToken);
        await compression.StopAsync(cancellationToken);
        Assert.That(await ArchiveAsync(made, cancellationToken), Is.EqualTo(tar));
    }

    [Test]
    public async Task Should_be_compressed_at_the_next_start_where_the_service_died_first(CancellationToken cancellationToken)
    {
        var made = await MakeAsync();

        using var compression = scene.Compression(time);
        await compression.StartAsync(cancellationToken);

        await UntilAsync(async () => (await scene.Droplets.FindAsync(made.Digest, cancellationToken))!.IsCompressed, cancellationToken);
        await compression.StopAsync(cancellationToken);
    }

    [Test]
    public async Task Should_be_known_as_damaged_where_its_tar_is_and_others_be_compressed(CancellationToken cancellationToken)
    {
        var made = await MakeAsync();
        await FlipABitAsync(diffId, cancellationToken);

        var droplet = (await scene.Compression(time).FindAsync(made.Digest, cancellationToken))!;

        Assert.That(droplet.IsCompressed, Is.False);
        Assert.That(await scene.Droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(diffId));
        Assert.That(await scene.Layers.ClaimAsync(plan, diffId, cancellationToken), Is.Null, "it is asked for again");
    }

    [Test]
    public async Task Should_be_read_by_who_had_its_row_before_it_was_compressed(CancellationToken cancellationToken)
    {
        var made = await MakeAsync();
        var before = (await scene.Layers.FindAsync(diffId, cancellationToken))!;
        await scene.Compression(time).FindAsync(made.Digest, cancellationToken);
        scene.Store.Images.Blobs.Delete(diffId);

        using var body = new MemoryStream();
        await scene.Layers.ReadAsync(before, layer => layer.CopyToAsync(body, cancellationToken), cancellationToken);
        Assert.That(body.ToArray(), Is.EqualTo(tar));
    }

    [Test]
    public void Should_be_refused_where_it_is_not_what_it_is_called() =>
        Assert.That(
            () => ReceiveAsync(StoreScene.DigestOf("other")),
            Throws.TypeOf<InvalidLayerException>().With.Message.Contains($"has the digest '{diffId}'"));

    private static async Task UntilAsync(Func<Task<bool>> condition, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (!await condition())
            await timer.WaitForNextTickAsync(cancellationToken);
    }

    private Task ReceiveAsync(Digest name) => scene.Layers.ReceiveAsync(plan, name, LayerForm.Tar, new MemoryStream(tar), CancellationToken.None);

    private async Task<Droplet> MakeAsync()
    {
        using (scene.Store.Claims.Open(plan.Id))
            await ReceiveAsync(diffId);
        return await scene.MakeAsync(plan, await scene.OutcomeAsync() with { Layers = [new(diffId, tar.Length)] });
    }

    private async Task<byte[]> ArchiveAsync(Droplet droplet, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await new DropletArchive(scene.Droplets, scene.Layers).WriteTarAsync(droplet, body, cancellationToken);
        return body.ToArray();
    }

    private async Task FlipABitAsync(Digest blob, CancellationToken cancellationToken)
    {
        var bytes = await File.ReadAllBytesAsync(scene.Store.Images.Blobs.PathOf(blob), cancellationToken);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(scene.Store.Images.Blobs.PathOf(blob), bytes, cancellationToken);
    }
}
