using System.Text;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Droplets;

[CancelAfter(60_000)]
public class ReferrerStoreTests
{
    private static readonly Artifact bill = new()
    {
        Type = "application/vnd.cyclonedx+json",
        MediaType = "application/vnd.cyclonedx+json",
        Content = "{\"components\":[]}"u8.ToArray(),
        Annotations = new Dictionary<string, string> { ["by"] = "slug" },
    };

    private ScratchFolder folder = null!;
    private Database database = null!;
    private OciLayout images = null!;
    private StoreTurn turn = null!;
    private DamagedBlobs damaged = null!;
    private ReferrerStore referrers = null!;
    private Digest subject;

    [SetUp]
    public async Task OpenAsync()
    {
        folder = new();
        var data = new DataDirectory(folder.Path);
        data.Create();
        (database, images, turn) = (new(data), new(data.Images), new());
        damaged = new(database, images, turn, TimeProvider.System, NullLogger<DamagedBlobs>.Instance);
        referrers = new(database, images, damaged, turn);
        subject = await DropletAsync("a droplet");
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
    public async Task An_artifact_is_listed_under_its_subject_and_names_it(CancellationToken cancellationToken)
    {
        var stored = await referrers.AddAsync(subject, bill, cancellationToken);
        var listed = (await referrers.ListAsync(subject, cancellationToken)).Single();
        Assert.That((listed.Digest, listed.Size, listed.ArtifactType), Is.EqualTo((stored.Digest, stored.Size, bill.Type)));
        Assert.That(listed.Annotations, Is.EqualTo(bill.Annotations));

        var manifest = (await images.ReadManifestAsync(listed.Digest, cancellationToken))!;
        Assert.That((manifest.ArtifactType, manifest.Subject!.Digest), Is.EqualTo((bill.Type, subject)));
        Assert.That(manifest.Config, Is.EqualTo(ImageManifest.EmptyConfig));
        Assert.That(await images.Blobs.IsWholeAsync(manifest.Config.Digest, cancellationToken));
        Assert.That(await File.ReadAllBytesAsync(images.Blobs.PathOf(manifest.Layers.Single().Digest), cancellationToken), Is.EqualTo(bill.Content));
    }

    [Test]
    public async Task The_same_twice_is_one(CancellationToken cancellationToken)
    {
        await referrers.AddAsync(subject, bill, cancellationToken);
        await referrers.AddAsync(subject, bill, cancellationToken);
        Assert.That(await referrers.ListAsync(subject, cancellationToken), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_sweep_leaves_it_while_its_subject_is_there_and_takes_all_of_it_afterwards(CancellationToken cancellationToken)
    {
        var stored = await referrers.AddAsync(subject, bill, cancellationToken);
        var about = await referrers.AddAsync(stored.Digest, bill with { Type = "application/vnd.example.signature" }, cancellationToken);
        await SweepAsync(keep: 1, cancellationToken);
        foreach (var manifest in (Digest[])[stored.Digest, about.Digest])
        {
            var content = (await images.ReadManifestAsync(manifest, cancellationToken))!;
            Assert.That(content.Layers.Append(content.Config).Select(blob => images.Blobs.Contains(blob.Digest)), Is.All.True);
        }

        await SweepAsync(keep: 0, cancellationToken);
        Assert.That(images.Blobs.List(), Is.Empty);
        Assert.That(await referrers.ListAsync(stored.Digest, cancellationToken), Is.Empty);
    }

    [Test]
    public async Task One_that_is_damaged_is_known_until_it_is_stored_again(CancellationToken cancellationToken)
    {
        await referrers.AddAsync(subject, bill, cancellationToken);
        var content = Digest.Of(bill.Content);
        await File.WriteAllBytesAsync(images.Blobs.PathOf(content), "{}"u8.ToArray(), cancellationToken);
        Assert.That(await damaged.IsWholeAsync(content, cancellationToken), Is.False);
        Assert.That(await damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[content]));
        await referrers.AddAsync(subject, bill, cancellationToken);
        Assert.That(await damaged.ListAsync(cancellationToken), Is.Empty);
    }

    private Task<Swept> SweepAsync(int keep, CancellationToken cancellationToken) =>
        new DropletSweep(database, images, damaged, turn, new Claims(), TimeProvider.System).RunAsync(new(keep, long.MaxValue), "tests", _ => { }, cancellationToken);

    // A droplet of no layers, by its manifest.
    private async Task<Digest> DropletAsync(string text)
    {
        var config = await images.Blobs.WriteAsync(Encoding.UTF8.GetBytes(text), CancellationToken.None);
        var json = OciJson.Write(new ImageManifest { Config = new() { MediaType = MediaTypes.Config, Digest = config, Size = text.Length }, Layers = [] });
        var manifest = await images.Blobs.WriteAsync(json, CancellationToken.None);
        await database.WriteAsync(
            db => db.Execute(
                """
                insert or ignore into apps (id, name, created_at) values ('00000000-0000-0000-0000-000000000001', 'app', '');
                insert into droplets (digest, manifest, processes, stack, size, created_at) values (@config, @manifest, '{}', 'bookworm', 1, '');
                insert into app_droplets (app_id, key, droplet, build_id, created_at) values ('00000000-0000-0000-0000-000000000001', @config, @config, 'build', '2020-01-01T00:00:00Z');
                """,
                new { config, manifest }),
            CancellationToken.None);
        return manifest;
    }
}
