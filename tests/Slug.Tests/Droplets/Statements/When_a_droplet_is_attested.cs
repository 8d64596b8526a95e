using System.Text.Json;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;
using Slug.Hosting;
using Slug.Tests.Droplets.Records;

namespace Slug.Tests.Droplets.Statements;

[CancelAfter(60_000)]
public class When_a_droplet_is_attested
{
    private RecordScene scene = null!;
    private ReferrerStore referrers = null!;
    private SigningKey key = null!;
    private Attestations attestations = null!;
    private Droplet droplet = null!;
    private DropletRecord record = null!;

    [SetUp]
    public async Task MakeAsync()
    {
        scene = await RecordScene.OpenAsync();
        referrers = new(scene.Store.Database, scene.Store.Images, scene.Store.Damaged, scene.Store.Turn);
        Open();
        droplet = await scene.MakeAsync(scene.Plan(), await scene.OutcomeAsync());
        record = (await scene.Records.FindAsync(scene.Store.App, droplet.Digest, CancellationToken.None))!;
    }

    [TearDown]
    public void Close()
    {
        attestations.Dispose();
        key.Dispose();
        scene.Dispose();
    }

    [Test]
    public async Task Should_say_what_went_in_as_SLSA_has_it(CancellationToken cancellationToken)
    {
        var statement = JsonDocument.Parse((await ProvenanceAsync(cancellationToken)).Payload).RootElement;
        Assert.That(statement.GetProperty("predicateType").GetString(), Is.EqualTo("https://slsa.dev/provenance/v1"));
        Assert.That(
            statement.GetProperty("subject").EnumerateArray().Select(subject => subject.GetProperty("digest").GetProperty("sha256").GetString()),
            Is.EqualTo((string[])[droplet.Digest.Hex, droplet.Manifest.Hex]));
        var (definition, run) = (statement.GetProperty("predicate").GetProperty("buildDefinition"), statement.GetProperty("predicate").GetProperty("runDetails"));
        Assert.That(definition.EnumerateObject().Select(member => member.Name), Is.EqualTo((string[])["buildType", "externalParameters", "internalParameters", "resolvedDependencies"]));
        Assert.That(definition.GetProperty("externalParameters").GetProperty("ref").GetString(), Is.EqualTo("refs/heads/main"));
        Assert.That(
            definition.GetProperty("resolvedDependencies").EnumerateArray().Select(dependency => dependency.GetProperty("name").GetString()),
            Is.EqualTo((string[])["source", "build image", "run image", "buildpack nodejs", "buildpack https://host/python", "builder"]), "a folder of the source that did not compile is none");
        Assert.That(definition.GetProperty("resolvedDependencies")[0].GetProperty("digest").GetRawText(), Is.EqualTo($$"""{"gitCommit":"{{new string('c', 40)}}","gitTree":"{{new string('d', 40)}}"}"""));
        Assert.That(run.GetProperty("builder").GetProperty("id").GetString(), Is.EqualTo("urn:slug:installation:0123abcd"));
        Assert.That(run.GetProperty("metadata").GetProperty("invocationId").GetString(), Is.EqualTo(record.Build.ToString()));
        Assert.That(run.GetProperty("metadata").GetProperty("finishedOn").GetString(), Does.Match("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$"));
    }

    [Test]
    public async Task Should_be_signed_once_and_kept_among_what_refers_to_it(CancellationToken cancellationToken)
    {
        var envelope = await ProvenanceAsync(cancellationToken);
        Assert.That((await ProvenanceAsync(cancellationToken)).Write(), Is.EqualTo(envelope.Write()));
        var referrer = (await referrers.ListAsync(droplet.Manifest, cancellationToken)).Single();
        Assert.That((referrer.ArtifactType, referrer.Annotations!["in-toto.io/predicate-type"]), Is.EqualTo(("application/vnd.in-toto.provenance+dsse", "https://slsa.dev/provenance/v1")));
        var manifest = (await scene.Store.Images.ReadManifestAsync(referrer.Digest, cancellationToken))!;
        Assert.That((manifest.Subject!.Digest, manifest.Layers.Single().Digest), Is.EqualTo((droplet.Manifest, Digest.Of(envelope.Write()))));
    }

    [Test]
    public async Task Should_be_made_again_where_it_is_damaged_or_gone([Values] bool gone, [Values] bool manifest, CancellationToken cancellationToken)
    {
        var first = await ProvenanceAsync(cancellationToken);
        var blob = manifest ? (await referrers.ListAsync(droplet.Manifest, cancellationToken)).Single().Digest : Digest.Of(first.Write());
        if (gone)
            scene.Store.Images.Blobs.Delete(blob);
        else
            await File.WriteAllTextAsync(scene.Store.Images.Blobs.PathOf(blob), "damaged", cancellationToken);

        var second = await ProvenanceAsync(cancellationToken);

        Assert.That(second.Payload, Is.EqualTo(first.Payload), "only its signature is another");
        Assert.That(await referrers.ListAsync(droplet.Manifest, cancellationToken), Has.Count.EqualTo(1));
        await scene.Store.SweepAsync(new(Keep: 1, long.MaxValue), cancellationToken);
        Assert.That(await scene.Store.Damaged.ListAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Should_be_known_to_a_check_of_the_store_with_the_way_to_make_it_again(CancellationToken cancellationToken)
    {
        var envelope = await ProvenanceAsync(cancellationToken);
        var uses = await new BlobUses(scene.Store.Database).OfAsync(Digest.Of(envelope.Write()), cancellationToken);
        Assert.That(uses.Single().Whose, Is.EqualTo("statement about a droplet of app"));
        Assert.That(uses.Single().Remedy, Does.Contain("slug droplets provenance"));
    }

    [Test]
    public async Task Should_be_signed_again_where_there_is_another_key(CancellationToken cancellationToken)
    {
        var first = await ProvenanceAsync(cancellationToken);
        ChangeKey();
        var second = await ProvenanceAsync(cancellationToken);
        Assert.That(second.Signatures[0].KeyId, Is.Not.EqualTo(first.Signatures[0].KeyId));
    }

    [Test]
    public async Task Should_be_about_an_image_where_that_is_asked_for(CancellationToken cancellationToken)
    {
        var image = await scene.Store.Images.Blobs.WriteAsync("a manifest of another form"u8.ToArray(), cancellationToken);
        var envelope = await attestations.OfAsync(StatementKind.Provenance, droplet, record, image, cancellationToken);
        Assert.That(envelope.Statement().Names(image) && envelope.Statement().Names(droplet.Digest));
        Assert.That(await referrers.ListAsync(image, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Should_go_with_the_droplet(CancellationToken cancellationToken)
    {
        await ProvenanceAsync(cancellationToken);
        await scene.Store.SweepAsync(new(Keep: 0, long.MaxValue), cancellationToken);
        Assert.That(await referrers.ListAsync(droplet.Manifest, cancellationToken), Is.Empty);
        Assert.That(scene.Store.Images.Blobs.List(), Is.Empty);
    }

    private Task<Envelope> ProvenanceAsync(CancellationToken cancellationToken) =>
        attestations.OfAsync(StatementKind.Provenance, droplet, record, image: null, cancellationToken);

    private void Open()
    {
        key = new(scene.Store.Data);
        key.Ensure();
        attestations = new(referrers, bills: null!, key, new("0123abcd"), scene.Store.Images, scene.Store.Damaged);
    }

    private void ChangeKey()
    {
        attestations.Dispose();
        key.Dispose();
        File.Delete(scene.Store.Data.SigningKey);
        Open();
    }
}
