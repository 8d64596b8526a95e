using System.Text;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Hosting;
using Slug.Pushes;
using Slug.Tests.Commands;

namespace Slug.Tests.Builds;

[CancelAfter(60_000)]
public class BuildCachesTests
{
    private readonly App app = new() { Id = Guid.NewGuid(), Name = AppName.Parse("hello"), CreatedAt = default };
    private ScratchFolder folder = null!;
    private DataDirectory data = null!;
    private BuildCaches caches = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        data = new(folder.Path);
        data.Create();
        caches = new(data, Options.Create(new BuildOptions { CacheLimit = 1000 }), TimeProvider.System);
    }

    [TearDown]
    public void RemoveFolder() => folder.Dispose();

    [Test]
    public async Task The_next_build_gets_what_the_last_one_left_with_its_digest(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "older", cancellationToken);
        var build = Plan(app);
        await KeepAsync(build, "newer", cancellationToken);

        var found = (CacheResult.Found)await caches.OpenAsync(Plan(app), cancellationToken);

        await using var content = found.Content;
        Assert.That(await new StreamReader(content).ReadToEndAsync(cancellationToken), Is.EqualTo("newer"));
        Assert.That(found.Cache.Digest, Is.EqualTo(Digest.Of("newer"u8)));
        Assert.That(found.Cache.Build, Is.EqualTo(build.Id));
        Assert.That(Directory.EnumerateFiles(data.Caches).Count(), Is.EqualTo(1), "one file, replaced whole");
    }

    [Test]
    public async Task Neither_another_app_nor_another_stack_gets_it(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "mine", cancellationToken);
        var other = app with { Id = Guid.NewGuid() };

        Assert.That(await AbsenceAsync(Plan(other), cancellationToken), Is.EqualTo("no build of 'hello' on bookworm has left one"));
        Assert.That(await AbsenceAsync(Plan(app, stack: "trixie"), cancellationToken), Is.EqualTo("no build of 'hello' on trixie has left one"));
    }

    [Test]
    public async Task One_that_is_too_large_leaves_the_kept_one_where_it_is(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "small", cancellationToken);
        await using var large = new MemoryStream(new byte[2 << 20]);
        Assert.That(await caches.ReplaceAsync(Plan(app), large, cancellationToken), Is.False);
        Assert.That(caches.Of(app).Single().Digest, Is.EqualTo(Digest.Of("small"u8)));
        Assert.That(Directory.EnumerateFiles(data.Caches).Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task A_push_may_pass_over_it_or_clear_it(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "kept", cancellationToken);
        Assert.That(await AbsenceAsync(Plan(app) with { Cache = CacheWish.PassOver }, cancellationToken), Does.Contain("-o no-cache"));
        Assert.That(caches.Of(app), Has.Count.EqualTo(1));
        Assert.That(await AbsenceAsync(Plan(app) with { Cache = CacheWish.Clear }, cancellationToken), Does.Contain("-o clear-cache"));
        Assert.That(caches.Of(app), Is.Empty);
    }

    [Test]
    public async Task Once_it_is_cleared_it_is_said_when(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "kept", cancellationToken);
        Assert.That(caches.Clear(app), Has.Count.EqualTo(1));
        Assert.That(await AbsenceAsync(Plan(app), cancellationToken), Does.StartWith("it was cleared at 2"));
        await KeepAsync(Plan(app), "new", cancellationToken);
        Assert.That(await caches.OpenAsync(Plan(app), cancellationToken), Is.InstanceOf<CacheResult.Found>());
    }

    [Test]
    public async Task A_build_waits_for_a_cache_that_is_on_its_way(CancellationToken cancellationToken)
    {
        var expected = caches.Expect(app, Plan(app).Stack);
        var opening = caches.OpenAsync(Plan(app), cancellationToken);
        Assert.That(opening.IsCompleted, Is.False);
        await KeepAsync(Plan(app), "late", cancellationToken);
        expected.Dispose();
        Assert.That(await opening, Is.InstanceOf<CacheResult.Found>());
    }

    [Test]
    public async Task A_start_sweeps_what_is_half_written_and_what_has_no_digest(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "kept", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data.Caches, $"{app.Id:D}.bookworm.{Guid.NewGuid():N}.new"), "half", cancellationToken);
        await File.WriteAllTextAsync(Path.Combine(data.Caches, $"{app.Id:D}.bookworm.tar.zst"), "of an older version", cancellationToken);
        caches.Sweep();
        Assert.That(Directory.EnumerateFiles(data.Caches).Single(), Is.EqualTo(caches.Of(app).Single().Path));
    }

    [Test]
    public async Task Past_the_limit_of_all_apps_together_the_oldest_goes(CancellationToken cancellationToken)
    {
        await KeepAsync(Plan(app), "older", cancellationToken);
        File.SetLastWriteTimeUtc(caches.Of(app).Single().Path, DateTime.UnixEpoch);
        await KeepAsync(Plan(app with { Id = Guid.NewGuid() }), "newer", cancellationToken);
        Assert.That(caches.Beyond(10), Is.Empty);
        Assert.That(caches.Beyond(9).Single().Digest, Is.EqualTo(Digest.Of("older"u8)));
    }

    private async Task KeepAsync(BuildPlan plan, string content, CancellationToken cancellationToken)
    {
        await using var stream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        Assert.That(await caches.ReplaceAsync(plan, stream, cancellationToken), Is.True);
    }

    private async Task<string> AbsenceAsync(BuildPlan plan, CancellationToken cancellationToken) =>
        ((CacheResult.Absent)await caches.OpenAsync(plan, cancellationToken)).Reason;

    private static BuildPlan Plan(App app, string stack = "bookworm") => new()
    {
        Id = Guid.CreateVersion7(),
        App = app,
        Branch = "main",
        Source = null!,
        Stack = new() { Name = stack, RunImage = Digest.Of([]), BuildImage = Digest.Of([]), StandsInFor = "heroku-24", RunSize = 0, BuildSize = 0 },
        Buildpacks = [],
        BuildpacksChosen = false,
        ConfigVars = new Dictionary<string, string>(),
        Builder = Digest.Of([]),
    };
}
