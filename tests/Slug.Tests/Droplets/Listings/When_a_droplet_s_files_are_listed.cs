using Dapper;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Droplets.Listings;
using Slug.Hosting;
using Slug.Tests.Dashboard;

namespace Slug.Tests.Droplets.Listings;

[CancelAfter(60_000)]
internal sealed class When_a_droplet_s_files_are_listed
{
    private static readonly string[] paths = ["app/changed", "app/gone", "app/lib/same"];

    private DashboardScene scene = null!;

    [SetUp]
    public async Task StartAsync() => scene = await DashboardScene.StartAsync();

    [TearDown]
    public async Task StopAsync() => await scene.DisposeAsync();

    [Test]
    public async Task Should_be_made_when_a_push_has_ended_for_who_looks_later(CancellationToken cancellationToken)
    {
        Assert.That(await scene.Get<DropletListings>().MissingAsync(cancellationToken), Is.Not.Empty);
        scene.Get<LateCompression>().Wake();
        for (var next = scene.Get<Database>().NextWrite; await scene.Get<DropletListings>().MissingAsync(cancellationToken) is [_, ..]; next = scene.Get<Database>().NextWrite)
            await next.WaitAsync(cancellationToken);
        Assert.That(await PathsAsync(cancellationToken), Is.EqualTo(paths));
    }

    [Test]
    public async Task Should_be_made_again_where_the_list_is_damaged_or_gone([Values] bool gone, CancellationToken cancellationToken)
    {
        Assert.That(await PathsAsync(cancellationToken), Is.EqualTo(paths));
        var list = await ListAsync(scene.First, cancellationToken);
        var file = scene.Get<OciLayout>().Blobs.PathOf(list);
        var bytes = await File.ReadAllBytesAsync(file, cancellationToken);
        File.Delete(file);
        if (!gone)
            await File.WriteAllBytesAsync(file, [.. bytes[..^1], (byte)(bytes[^1] ^ 1)], cancellationToken);

        Assert.That(await PathsAsync(cancellationToken), Is.EqualTo(paths));
        Assert.That(await File.ReadAllBytesAsync(file, cancellationToken), Is.EqualTo(bytes));
        Assert.That(await scene.Get<DamagedBlobs>().ListAsync(cancellationToken), Is.Empty);
    }

    [Test]
    public async Task Should_go_with_the_layer(CancellationToken cancellationToken)
    {
        await PathsAsync(cancellationToken);
        var list = await ListAsync(scene.First, cancellationToken);
        var sweep = scene.Get<DropletSweep>();
        await sweep.RunAsync(new(Keep: 0, long.MaxValue), "tests", _ => { }, cancellationToken);
        Assert.That(scene.Get<OciLayout>().Blobs.Contains(list), Is.True, "a release has the droplet");
        await sweep.RunAsync(new(Keep: 0, long.MaxValue), "tests", db => db.Execute("delete from releases"), cancellationToken);
        Assert.That(scene.Get<OciLayout>().Blobs.List(), Is.Empty);
    }

    [Test]
    public async Task Should_say_of_whose_a_damaged_list_is_and_what_makes_it_again(CancellationToken cancellationToken)
    {
        await PathsAsync(cancellationToken);
        var use = (await scene.Get<BlobUses>().OfAsync(await ListAsync(scene.First, cancellationToken), cancellationToken)).Single();
        Assert.That(use.Whose, Is.EqualTo("list of the files of a droplet of mine"));
        Assert.That(use.Remedy, Does.Contain("dashboard"));
    }

    private async Task<IEnumerable<string>> PathsAsync(CancellationToken cancellationToken) =>
        (await scene.Get<DropletListings>().OfAsync(scene.First, cancellationToken)).Select(file => file.Path);

    private Task<Digest> ListAsync(Digest droplet, CancellationToken cancellationToken) =>
        scene.Get<Database>().ReadAsync(
            db => db.QuerySingle<Digest>("select blob from derived_blobs where form = 'files' and diff_id in (select diff_id from droplet_layers where droplet = @droplet)", new { droplet }), cancellationToken);
}
