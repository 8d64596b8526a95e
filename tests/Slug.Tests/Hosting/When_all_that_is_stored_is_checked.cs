using System.Text;
using Dapper;
using Microsoft.Extensions.Options;
using Slug.Buildpacks;
using Slug.Builds;
using Slug.Content;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Pushes.LargeFiles;
using Slug.Tests.Commands;
using Slug.Tests.Droplets;
using static Slug.Tests.Droplets.StoreScene;

namespace Slug.Tests.Hosting;

[CancelAfter(60_000)]
public class When_all_that_is_stored_is_checked
{
    private StoreScene store = null!;
    private StoreCheck check = null!;
    private UploadedSlugs slugs = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        store = await StoreScene.OpenAsync();
        slugs = new(store.Database, new(store.Data), TimeProvider.System);
        check = new(
            store.Damaged, store.Images, new BlobUses(store.Database), store.Apps, new LargeFileStore(store.Data), slugs,
            new BuildCaches(store.Data, Options.Create(new BuildOptions()), TimeProvider.System), new BuildpackShelf(store.Data, TimeProvider.System));
    }

    [TearDown]
    public void Close() => store.Dispose();

    [Test]
    public async Task Should_count_files_and_bytes_and_find_nothing_where_all_is_whole(CancellationToken cancellationToken)
    {
        await ReleaseAsync("one");
        await CacheAsync();
        var progress = await RunAsync(cancellationToken);
        Assert.That(progress.Select(line => line.Found), Is.All.Null);
        Assert.That(progress.Select(line => line.Files), Is.EqualTo(Enumerable.Range(0, 5)));
        Assert.That(progress.Select(line => (line.AllFiles, line.AllBytes)).Distinct(), Is.EqualTo(((int, long)[])[(4, progress[^1].Bytes)]));
        Assert.That(progress[^1].Bytes, Is.EqualTo("oneconfig of onemanifest of onecache".Length));
    }

    [Test]
    public async Task Should_find_a_flipped_bit_a_cut_and_a_blob_that_is_gone_and_say_whose_they_are(CancellationToken cancellationToken)
    {
        await ReleaseAsync("one");
        await ReleaseAsync("two");
        Damage(store.Images.Blobs.PathOf(DigestOf("one")));
        await File.WriteAllTextAsync(store.Images.Blobs.PathOf(DigestOf("config of one")), "", cancellationToken);
        store.Images.Blobs.Delete(DigestOf("two"));

        var found = await FoundAsync(cancellationToken);

        Assert.That(found.Select(file => (file.Digest, file.Gone, file.Uses.Single().Whose)), Is.EquivalentTo(((Digest, bool, string)[])
        [
            (DigestOf("one"), false, "layer of app v1"),
            (DigestOf("config of one"), false, "config of app v1"),
            (DigestOf("two"), true, "layer of app v2, the current release"),
        ]));
        Assert.That(found.Select(file => file.Uses.Single().Remedy), Has.Exactly(2).Contains("git push -f slug c0ffee:main").And.Exactly(1).Contains("git commit --allow-empty"));
        Assert.That(await store.Damaged.DropletsAsync(cancellationToken), Is.EquivalentTo((Digest[])[DigestOf("config of one"), DigestOf("config of two")]));
    }

    [Test]
    public async Task Should_take_off_what_is_whole_again(CancellationToken cancellationToken)
    {
        await ReleaseAsync("one");
        store.Images.Blobs.Delete(DigestOf("one"));
        Assert.That(await FoundAsync(cancellationToken), Has.Count.EqualTo(1));
        Assert.That(await FoundAsync(cancellationToken), Has.Count.EqualTo(1), "as long as it is gone");
        await store.Images.Blobs.WriteAsync("one"u8.ToArray(), cancellationToken);
        Assert.That(await FoundAsync(cancellationToken), Is.Empty);
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Should_check_large_files_slugs_caches_and_buildpacks_too(CancellationToken cancellationToken)
    {
        var large = await new LargeFileStore(store.Data).Of(store.App.Id).WriteAsync("a large file"u8.ToArray(), cancellationToken);
        Damage(new LargeFileStore(store.Data).Of(store.App.Id).PathOf(large));
        var slug = await slugs.AnnounceAsync(store.App, new() { Processes = new Dictionary<string, string>(), By = "tests" }, cancellationToken);
        Damage(new LargeFileStore(store.Data).Of(slug.Id).PathOf(await new LargeFileStore(store.Data).Of(slug.Id).WriteAsync("a slug"u8.ToArray(), cancellationToken)));
        Damage(await CacheAsync());
        using var folder = new ScratchFolder();
        Directory.CreateDirectory(folder.In("buildpack"));
        await File.WriteAllTextAsync(folder.In("buildpack/detect"), "true", cancellationToken);
        var shelf = new BuildpackShelf(store.Data, TimeProvider.System);
        Damage(shelf.PathOf(await shelf.PackAsync(folder.In("buildpack"), cancellationToken)));

        var found = await FoundAsync(cancellationToken);

        Assert.That(found.Select(file => (file.Kind, file.Uses.Single().Whose)), Is.EqualTo(((string, string)[])[("large file", "app"), ("uploaded slug", "app"), ("build cache", "app"), ("buildpack", "builds")]));
        Assert.That(found.Select(file => file.Path), Has.All.Exist);
    }

    [Test]
    public async Task Should_name_what_a_step_made_and_a_blob_of_nobody(CancellationToken cancellationToken)
    {
        await store.LayerAsync("step");
        await store.Database.WriteAsync(
            db => db.Execute("insert into kept_steps values (@Id, 'key', 'nodejs', 'bookworm', @diffId, 0, @Id, '')", new { store.App.Id, diffId = DigestOf("step") }), cancellationToken);
        Damage(store.Images.Blobs.PathOf(DigestOf("step")));
        Damage(store.Images.Blobs.PathOf(await store.Images.Blobs.WriteAsync("of nobody"u8.ToArray(), cancellationToken)));

        var found = await FoundAsync(cancellationToken);

        Assert.That(found.Select(file => file.Uses.Single().Whose), Is.EquivalentTo((string[])["dependencies of nodejs kept for app", "nothing that is in use"]));
        Assert.That(await store.Damaged.ListAsync(cancellationToken), Is.EqualTo((Digest[])[DigestOf("step")]));
    }

    private async Task<IReadOnlyList<CheckProgress>> RunAsync(CancellationToken cancellationToken) => await check.RunAsync(cancellationToken).ToListAsync(cancellationToken);

    private async Task<IReadOnlyList<DamagedFile>> FoundAsync(CancellationToken cancellationToken) =>
        [.. (await RunAsync(cancellationToken)).Select(line => line.Found).OfType<DamagedFile>()];

    // The app's next release, of a droplet whose one layer holds this text.
    private async Task ReleaseAsync(string text)
    {
        await store.LayerAsync(text);
        var config = await store.Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes($"config of {text}"), CancellationToken.None);
        var manifest = await store.Images.Blobs.WriteAsync(Encoding.UTF8.GetBytes($"manifest of {text}"), CancellationToken.None);
        await store.Database.WriteAsync(
            db => db.Execute(
                """
                insert into droplets values (@config, @manifest, '{}', 'bookworm', 1, '', 1);
                insert into droplet_layers values (@config, 0, @layer);
                insert into app_droplets values (@Id, @config, @config, 'build', '');
                insert into releases (app_id, version, droplet, commit_id, description, config, created_at) select @Id, count(*) + 1, @config, 'c0ffee', '', '{}', '' from releases;
                """,
                new { config, manifest, layer = DigestOf(text), store.App.Id }),
            CancellationToken.None);
    }

    private async Task<string> CacheAsync()
    {
        var path = Path.Combine(store.Data.Caches, $"{store.App.Id:D}.bookworm.{Guid.NewGuid():D}.{DigestOf("cache").Hex}.tar.zst");
        await File.WriteAllTextAsync(path, "cache");
        return path;
    }

    private static void Damage(string path)
    {
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
    }
}
