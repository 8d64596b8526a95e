using System.Text;
using Slug.Content.Blobs;
using Slug.Content.Oci;

namespace Slug.Content.Tests.Oci;

[CancelAfter(60_000)]
internal sealed class OciTests
{
    private static readonly Digest Digest = Digest.Of([]);

    private TemporaryDirectory directory = null!;

    [SetUp]
    public void Open() => directory = new();

    [TearDown]
    public void Remove() => directory.Dispose();

    [Test]
    public void A_manifest_is_written_in_one_form() =>
        Assert.That(Encoding.UTF8.GetString(OciJson.Write(Manifest())), Is.EqualTo(
            $$$"""{"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{{Digest}}}","size":2},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar+zstd","digest":"{{{Digest}}}","size":9,"annotations":{"title":"ä <app>"}}],"annotations":{"A":"1","a":"2","b":"3"}}"""));

    [Test]
    public void A_config_is_written_with_the_names_that_engines_read() =>
        Assert.That(Encoding.UTF8.GetString(OciJson.Write(Config())), Is.EqualTo(
            $$$"""{"created":"1980-01-01T00:00:01+00:00","architecture":"amd64","os":"linux","config":{"User":"slug","Env":["HOME=/app"],"Entrypoint":["/app/.slug/launch"],"Cmd":["web"],"WorkingDir":"/app","Labels":{"a":"1","b":"2"}},"rootfs":{"type":"layers","diff_ids":["{{{Digest}}}"]}}"""));

    [Test]
    public void What_is_written_is_read_back()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(OciJson.Write(OciJson.ReadManifest(OciJson.Write(Manifest()))), Is.EqualTo(OciJson.Write(Manifest())));
            Assert.That(OciJson.Write(OciJson.ReadConfig(OciJson.Write(Config()))), Is.EqualTo(OciJson.Write(Config())));
        }
    }

    [Test]
    public void Members_that_others_add_are_read_over() =>
        Assert.That(OciJson.ReadIndex("""{"schemaVersion":2,"manifests":[],"subject":{"x":[1]}}"""u8).Manifests, Is.Empty);

    [TestCase("")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("{}")]
    [TestCase("""{"config":{"mediaType":"x","digest":"md5:1","size":1},"layers":[]}""")]
    [TestCase("""{"config":{"mediaType":"x","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":1},"layers":[],"annotations":{"a":1}}""")]
    [TestCase("""{"config":{"mediaType":"x","digest":"sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855","size":1},"layers":[],"annotations":[]}""")]
    public void Anything_but_a_manifest_is_refused(string json) =>
        Assert.That(() => OciJson.ReadManifest(Encoding.UTF8.GetBytes(json)), Throws.TypeOf<InvalidDataException>().With.Message.Contain("OCI manifest"));

    [Test]
    public async Task A_new_layout_is_empty_and_marked(CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(File.ReadAllText(directory["oci/oci-layout"]), Is.EqualTo("""{"imageLayoutVersion":"1.0.0"}"""));
            Assert.That((await layout.ReadIndexAsync(cancellation)).Manifests, Is.Empty);
        }
    }

    [Test]
    public async Task A_layout_opened_again_is_as_it_was(CancellationToken cancellation)
    {
        using (var layout = new OciLayout(directory["oci"]))
            await layout.ChangeIndexAsync(index => index with { Manifests = [Named("v1")] }, cancellation);
        using var again = new OciLayout(directory["oci"]);
        Assert.That((await again.ReadIndexAsync(cancellation)).Manifests, Has.One.Items);
    }

    [Test]
    public async Task No_change_of_the_index_is_lost(CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        await Parallel.ForAsync(0, 25, cancellation, async (number, token) =>
            await layout.ChangeIndexAsync(index => index with { Manifests = [.. index.Manifests, Named($"v{number}")] }, token));
        Assert.That((await layout.ReadIndexAsync(cancellation)).Manifests, Has.Exactly(25).Items);
    }

    [Test]
    public async Task A_change_that_fails_leaves_the_index_as_it_was(CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        Assert.That(() => layout.ChangeIndexAsync(_ => throw new InvalidOperationException(), cancellation), Throws.InvalidOperationException);
        await layout.ChangeIndexAsync(index => index with { Manifests = [Named("v1")] }, cancellation);
        Assert.That((await layout.ReadIndexAsync(cancellation)).Manifests, Has.One.Items);
    }

    [Test]
    public async Task Documents_are_read_from_blobs(CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        var (manifest, config) = (await layout.Blobs.WriteAsync(OciJson.Write(Manifest()), cancellation), await layout.Blobs.WriteAsync(OciJson.Write(Config()), cancellation));
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await layout.ReadManifestAsync(manifest, cancellation))?.Layers, Has.One.Items);
            Assert.That((await layout.ReadConfigAsync(config, cancellation))?.RootFileSystem.DiffIds, Is.EqualTo([Digest]));
            Assert.That(await layout.ReadManifestAsync(Digest, cancellation), Is.Null);
        }
    }

    [TestCase("")]
    [TestCase("{}")]
    public async Task A_damaged_document_is_said_to_be_damaged(string content, CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        var digest = await layout.Blobs.WriteAsync(OciJson.Write(Manifest()), cancellation);
        await File.WriteAllTextAsync(directory[$"oci/blobs/sha256/{digest.Hex}"], content, cancellation);
        Assert.That(() => layout.ReadManifestAsync(digest, cancellation), Throws.TypeOf<DamagedBlobException>());
    }

    [Test]
    public async Task A_blob_too_large_for_a_document_is_refused(CancellationToken cancellation)
    {
        using var layout = new OciLayout(directory["oci"]);
        var digest = await layout.Blobs.WriteAsync(new byte[5_000_000], cancellation);
        Assert.That(() => layout.ReadConfigAsync(digest, cancellation), Throws.TypeOf<InvalidDataException>().With.Message.Contain($"'{digest}'"));
    }

    private static Descriptor Named(string name) => new()
    {
        MediaType = MediaTypes.Manifest,
        Digest = Digest,
        Size = 1,
        Annotations = new Dictionary<string, string> { [AnnotationKeys.ReferenceName] = name },
        Platform = new() { Architecture = "amd64", OperatingSystem = "linux" },
    };

    private static ImageManifest Manifest() => new()
    {
        Config = new() { MediaType = MediaTypes.Config, Digest = Digest, Size = 2 },
        Layers = [new() { MediaType = MediaTypes.LayerZstd, Digest = Digest, Size = 9, Annotations = new Dictionary<string, string> { ["title"] = "ä <app>" } }],
        Annotations = new Dictionary<string, string> { ["b"] = "3", ["a"] = "2", ["A"] = "1" },
    };

    private static ImageConfig Config() => new()
    {
        Created = DateTimeOffset.FromUnixTimeSeconds(315532801),
        Architecture = "amd64",
        OperatingSystem = "linux",
        Process = new()
        {
            User = "slug",
            Environment = ["HOME=/app"],
            EntryPoint = ["/app/.slug/launch"],
            Command = ["web"],
            WorkingDirectory = "/app",
            Labels = new Dictionary<string, string> { ["b"] = "2", ["a"] = "1" },
        },
        RootFileSystem = new() { DiffIds = [Digest] },
    };
}
