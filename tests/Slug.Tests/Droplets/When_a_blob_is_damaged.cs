using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Content.Tar;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets;

[CancelAfter(30_000)]
public class When_a_blob_is_damaged
{
    private readonly Claims claims = new();
    private ScratchFolder folder = null!;
    private Database database = null!;
    private OciLayout images = null!;
    private StoreTurn turn = null!;
    private DamagedBlobs damaged = null!;
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
        folder = new();
        var data = new DataDirectory(folder.In("data"));
        data.Create();
        (database, images, turn) = (new(data), new(data.Images), new());
        damaged = new(database, images, turn, TimeProvider.System, NullLogger<DamagedBlobs>.Instance);
        layers = new(database, images, damaged, turn, claims, Options.Create(new BuildOptions()), TimeProvider.System);
        droplets = new(database, images, layers, new StepStore(database, damaged, claims, TimeProvider.System), null!, damaged, turn, claims, TimeProvider.System);
        plan = Plan(await new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse("app"), CancellationToken.None));
        push = claims.Open(plan.Id);

        Directory.CreateDirectory(folder.In("app"));
        await File.WriteAllBytesAsync(folder.In("app/noise"), Noise());
        await PackAsync();
        await ReceiveAsync();
        blob = (await layers.FindAsync(diffId, CancellationToken.None))!.Blob;
        droplet = await InsertAsync();
    }

    [TearDown]
    public void Close()
    {
        push.Dispose();
        turn.Dispose();
        images.Dispose();
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Should_break_an_archive_off_and_remember_why(CancellationToken cancellationToken)
    {
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.Null);
        FlipABit(blob);
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.Null, "nobody has read it yet");

        using var body = new MemoryStream();
        var archive = new DropletArchive(droplets, damaged);
        Assert.That(() => archive.WriteTarAsync(droplet, body, cancellationToken), Throws.InstanceOf<DamagedBlobException>().Or.InstanceOf<InvalidDataException>());

        Assert.That(body.Length, Is.LessThan(tar.Length));
        Assert.That(await damaged.DropletsAsync(cancellationToken), Is.EqualTo((Digest[])[droplet.Digest]));
        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(blob));
        Assert.That(await EventsAsync(cancellationToken), Is.EqualTo((string[])[$"blob.damaged {blob}"]));
    }

    [Test]
    public async Task Should_know_a_layer_that_is_gone_or_cut_without_reading_it([Values] bool gone, CancellationToken cancellationToken)
    {
        if (gone)
            images.Blobs.Delete(blob);
        else
            await File.WriteAllBytesAsync(images.Blobs.PathOf(blob), compressed[..^1], cancellationToken);

        Assert.That(await droplets.DamageOfAsync(droplet, cancellationToken), Is.EqualTo(blob));
        Assert.That(await damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[blob]));
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
        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.True, "not known yet");
        await damaged.IsWholeAsync(blob, cancellationToken);
        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.False);

        await ReceiveAsync();

        Assert.That(await layers.ClaimAsync(plan, diffId, cancellationToken), Is.True);
        Assert.That(await damaged.DropletsAsync(cancellationToken), Is.Empty);
        Assert.That(await EventsAsync(cancellationToken), Is.EqualTo((string[])[$"blob.damaged {blob}", $"blob.mended {blob}"]));
        using var body = new MemoryStream();
        await new DropletArchive(droplets, damaged).WriteTarAsync(droplet, body, cancellationToken);
        Assert.That(body.ToArray(), Is.EqualTo(tar));
    }

    [Test]
    public async Task Should_not_hand_it_to_a_build(CancellationToken cancellationToken)
    {
        FlipABit(blob);
        var layer = (await layers.FindClaimedAsync(plan, diffId, cancellationToken))!;
        using var body = new MemoryStream();
        Assert.That(() => layers.CopyAsync(layer, body, cancellationToken), Throws.TypeOf<DamagedBlobException>());
        Assert.That(body.Length, Is.LessThan(layer.BlobSize));
        Assert.That(await damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[blob]));
    }

    [Test]
    public async Task Should_forget_it_with_the_droplet_that_had_it(CancellationToken cancellationToken)
    {
        FlipABit(blob);
        await damaged.IsWholeAsync(blob, cancellationToken);
        push.Dispose();
        await new DropletSweep(database, images, damaged, turn, claims).RunAsync(new(Keep: 0, long.MaxValue), _ => { }, cancellationToken);
        Assert.That(await damaged.ListAsync(cancellationToken), Is.Empty);
        Assert.That(await damaged.IsWholeAsync(blob, cancellationToken), Is.False, "it is gone");
        Assert.That(await damaged.ListAsync(cancellationToken), Is.Empty, "and nobody misses it");
    }

    private static byte[] Noise()
    {
        var noise = new byte[300_000];
        new Random(1).NextBytes(noise);
        return noise;
    }

    private async Task PackAsync()
    {
        using var packed = new MemoryStream();
        await LayerTar.WriteAsync(folder.In("app"), "./app", LayerModes.AsFound, packed, CancellationToken.None);
        tar = packed.ToArray();
        diffId = Digest.Of(tar);
        using var squeezed = new MemoryStream();
        await using (var zstd = new ZstdCompressStream(squeezed))
            await zstd.WriteAsync(tar);
        compressed = squeezed.ToArray();
    }

    private Task ReceiveAsync() => layers.ReceiveAsync(plan, diffId, new MemoryStream(compressed), CancellationToken.None);

    private async Task<Droplet> InsertAsync()
    {
        var config = await images.Blobs.WriteAsync("the config"u8.ToArray(), CancellationToken.None);
        var manifest = await images.Blobs.WriteAsync(Encoding.UTF8.GetBytes($"the manifest of {config}"), CancellationToken.None);
        await database.WriteAsync(
            db => db.Execute(
                """
                insert into droplets values (@config, @manifest, '{}', 'bookworm', 1, @now);
                insert into droplet_layers values (@config, 0, @diffId);
                insert into app_droplets values (@Id, @config, @config, 'build', @now);
                """,
                new { config, manifest, diffId, plan.App.Id, now = DateTimeOffset.UnixEpoch }),
            CancellationToken.None);
        return (await droplets.FindAsync(config, CancellationToken.None))!;
    }

    private void FlipABit(Digest digest)
    {
        var path = images.Blobs.PathOf(digest);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }

    private Task<IReadOnlyList<string>> EventsAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<string>>(
            db => db.Query<string>("select kind || ' ' || subject from events where kind like 'blob.%' order by id").AsList(), cancellationToken);

    private static BuildPlan Plan(App app) => new()
    {
        Id = Guid.NewGuid(),
        App = app,
        Branch = "main",
        Source = null!,
        Stack = null!,
        Buildpacks = [],
        BuildpacksChosen = false,
        ConfigVars = new Dictionary<string, string>(),
        Builder = Digest.Of([]),
    };
}
