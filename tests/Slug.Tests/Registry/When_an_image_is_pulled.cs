using System.IO.Compression;
using System.Net;
using System.Text;
using Slug.Content;
using Slug.Content.Compression;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;

namespace Slug.Tests.Registry;

[CancelAfter(60_000)]
public class When_an_image_is_pulled
{
    private RegistryScene scene = null!;

    [SetUp]
    public async Task StartAsync()
    {
        scene = await RegistryScene.StartAsync();
        await scene.ReleaseAsync("hello");
    }

    [TearDown]
    public ValueTask StopAsync() => scene.DisposeAsync();

    [Test]
    public async Task Should_be_the_droplet_s_layers_over_the_run_image_s([Values("v1", "v1-zstd")] string tag)
    {
        var (_, manifest) = await scene.ManifestAsync(tag);
        var config = OciJson.ReadConfig(await scene.Client.GetByteArrayAsync($"v2/app/blobs/{manifest.Config.Digest}"));
        Assert.That(config.RootFileSystem.DiffIds, Has.Count.EqualTo(2));
        Assert.That(config.RootFileSystem.DiffIds[0], Is.EqualTo(scene.RunLayer));
        Assert.That(manifest.Layers.Select(layer => layer.MediaType), Is.All.EqualTo(tag == "v1" ? MediaTypes.LayerGzip : MediaTypes.LayerZstd));
        foreach (var (layer, diffId) in manifest.Layers.Zip(config.RootFileSystem.DiffIds))
        {
            var blob = await scene.Client.GetByteArrayAsync($"v2/app/blobs/{layer.Digest}");
            Assert.That((Digest.Of(blob), (long)blob.Length), Is.EqualTo((layer.Digest, layer.Size)));
            Assert.That(Digest.Of(Unpacked(blob, tag == "v1")), Is.EqualTo(diffId));
        }
    }

    [Test]
    public async Task Should_start_as_the_droplet_does()
    {
        var (_, manifest) = await scene.ManifestAsync("latest");
        var process = OciJson.ReadConfig(await scene.Client.GetByteArrayAsync($"v2/app/blobs/{manifest.Config.Digest}")).Process!;
        Assert.That((process.User, process.WorkingDirectory, process.StopSignal), Is.EqualTo(("1000:1000", "/app", "SIGTERM")));
        Assert.That((process.EntryPoint, process.Command), Is.EqualTo(((string[])["/app/.slug/launch"], (string[])["web"])));
        Assert.That(process.Environment, Is.EqualTo((string[])["HOME=/app", "LANG=C.UTF-8", "PATH=/usr/local/bin:/usr/bin:/bin", "PORT=8080"]));
        Assert.That(process.ExposedPorts!.Keys, Is.EqualTo((string[])["8080/tcp"]));
        Assert.That(manifest.Annotations!["org.opencontainers.image.revision"], Is.EqualTo("c0ffee"));
        Assert.That(manifest.Annotations["org.opencontainers.image.version"], Is.EqualTo("v1"));
    }

    [Test]
    public async Task Should_have_one_image_id_for_one_droplet_in_every_app_release_and_form()
    {
        await scene.ReleaseAsync("hello");
        var other = await scene.Service<Slug.Apps.AppStore>().FindOrCreateAsync(Slug.Apps.AppName.Parse("other"), "tests", CancellationToken.None);
        await scene.ReleaseAsync("hello", other);
        var ids = new List<Digest>();
        foreach (var path in (string[])["app/manifests/v1", "app/manifests/v2-zstd", "other/manifests/v1"])
            ids.Add(OciJson.ReadManifest(await scene.Client.GetByteArrayAsync($"v2/{path}")).Config.Digest);
        Assert.That(ids.Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Should_be_made_once_for_all_who_ask_at_a_time()
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 32).Select(index => scene.ManifestAsync(index % 2 == 0 ? "v1" : "latest")));
        Assert.That(all.Select(one => one.Digest).Distinct().Count(), Is.EqualTo(1));
        Assert.That(scene.Exports, Is.EqualTo(1), "the run image leaves the engine once");
        await scene.ManifestAsync("v1-zstd");
        await scene.ReleaseAsync("another");
        await scene.ManifestAsync("v2");
        Assert.That(scene.Exports, Is.EqualTo(1));
    }

    [Test]
    public async Task Should_stay_while_the_release_does_and_leave_no_byte_when_it_goes()
    {
        var before = scene.Images.Blobs.List().ToHashSet();
        await scene.ManifestAsync("v1");
        await scene.ManifestAsync("v1-zstd");
        await scene.SweepAsync(keepReleases: 1);
        Assert.That((await scene.ManifestAsync("v1")).Manifest.Layers.Select(layer => scene.Images.Blobs.Contains(layer.Digest)), Is.All.True);
        Assert.That(scene.Exports, Is.EqualTo(1));

        await scene.ReleaseAsync("another");
        await scene.SweepAsync(keepReleases: 1);
        Assert.That(scene.Images.Blobs.List(), Has.Exactly(before.Count).Items.And.None.AnyOf(before), "what is left is the other droplet, never pulled");
    }

    [Test]
    public async Task Should_not_be_given_out_where_the_droplet_is_damaged()
    {
        var layer = (await scene.ManifestAsync("v1-zstd")).Manifest.Layers[1];
        scene.Damage(layer.Digest);
        using (var response = await scene.Client.GetAsync($"v2/app/blobs/{layer.Digest}", HttpCompletionOption.ResponseHeadersRead))
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), "a small one is known before its first byte is sent");
        Assert.That(await scene.ErrorOfAsync("v2/app/manifests/v1", HttpStatusCode.NotFound), Does.StartWith("MANIFEST_UNKNOWN: SLUG4104").And.Contains($"{layer.Digest}"));
        Assert.That(await scene.ErrorOfAsync($"v2/app/blobs/{layer.Digest}", HttpStatusCode.NotFound), Does.StartWith("BLOB_UNKNOWN: SLUG4104"));
    }

    [Test]
    public async Task Should_be_found_damaged_before_a_part_of_it_is_sent()
    {
        var layer = (await scene.ManifestAsync("v1")).Manifest.Layers[0];
        scene.Damage(layer.Digest);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"v2/app/blobs/{layer.Digest}") { Headers = { Range = new(0, 9) } };
        using var response = await scene.Client.SendAsync(request);
        Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
    }

    [Test]
    public async Task Should_be_broken_off_where_a_large_blob_turns_out_damaged_and_be_made_again_by_the_next_pull([Values] bool runLayer)
    {
        var noise = new byte[400_000];
        new Random(3).NextBytes(noise);
        await scene.ReleaseAsync(Convert.ToBase64String(noise));
        var (digest, manifest) = await scene.ManifestAsync("v2");
        var stored = (await scene.ManifestAsync("v2-zstd")).Manifest;
        var blob = runLayer ? stored.Layers[0].Digest : manifest.Layers[1].Digest;
        scene.Damage(blob);
        if (runLayer)
            Assert.That(await scene.Service<DamagedBlobs>().IsWholeAsync(blob, CancellationToken.None), Is.False);
        else
            Assert.That(() => scene.Client.GetByteArrayAsync($"v2/app/blobs/{blob}"), Throws.InstanceOf<HttpRequestException>());

        Assert.That((await scene.ManifestAsync(runLayer ? "v2-zstd" : "v2")).Manifest.Layers[runLayer ? 0 : 1].Digest, Is.EqualTo(blob));
        Assert.That(Digest.Of(await scene.Client.GetByteArrayAsync($"v2/app/blobs/{blob}")), Is.EqualTo(blob));
        Assert.That((await scene.ManifestAsync("v2")).Digest, Is.EqualTo(digest), "the same image as before");
        Assert.That(await scene.Service<DamagedBlobs>().ListAsync(CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Should_say_what_is_missing_where_the_stack_is_not_built_or_not_whole()
    {
        scene.IsStackBuilt = false;
        Assert.That(await scene.ErrorOfAsync("v2/app/manifests/v1", HttpStatusCode.ServiceUnavailable), Does.StartWith("UNAVAILABLE: SLUG7106").And.Contains("slug stacks build bookworm"));
        scene.IsStackBuilt = true;
        scene.WrongLayer = Encoding.UTF8.GetBytes("something else");
        Assert.That(await scene.ErrorOfAsync("v2/app/manifests/v1", HttpStatusCode.ServiceUnavailable), Does.StartWith("UNAVAILABLE: SLUG4108"));
        scene.WrongLayer = null;
        await scene.ManifestAsync("v1");
    }

    [Test]
    public async Task Should_be_named_by_a_check_with_the_way_to_make_it_again(CancellationToken cancellationToken)
    {
        var (digest, manifest) = await scene.ManifestAsync("v1");
        var runLayer = (await scene.Service<LayerStore>().FindAsync(scene.RunLayer, cancellationToken))!.Blob;
        foreach (var blob in (Digest[])[digest, manifest.Config.Digest, manifest.Layers[0].Digest, manifest.Layers[1].Digest, runLayer])
        {
            var use = (await new BlobUses(scene.Database).OfAsync(blob, cancellationToken)).Single();
            Assert.That((use.Whose, use.Remedy), Is.EqualTo(("image of app v1", "pull it again, which makes it again: docker pull HOST:PORT/app:v1")));
        }

        var droplet = (await scene.ManifestAsync("v1-zstd")).Manifest.Layers[1].Digest;
        Assert.That((await new BlobUses(scene.Database).OfAsync(droplet, cancellationToken)).Single().Whose, Is.EqualTo("layer of app v1, the current release"));
    }

    private static byte[] Unpacked(byte[] blob, bool isGzip)
    {
        using Stream from = isGzip ? new GZipStream(new MemoryStream(blob), CompressionMode.Decompress) : new ZstdDecompressStream(new MemoryStream(blob));
        using var all = new MemoryStream();
        from.CopyTo(all);
        return all.ToArray();
    }
}
