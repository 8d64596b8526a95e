using Dapper;
using Microsoft.Extensions.Options;
using Slug.Apps;
using Slug.Builds;
using Slug.Hosting;
using Slug.Tests.Commands;

namespace Slug.Tests.Builds;

[CancelAfter(60_000)]
public class BuildSweepTests
{
    private ScratchFolder folder = null!;
    private DataDirectory data = null!;
    private Database database = null!;
    private BuildLogs logs = null!;

    [SetUp]
    public void Open()
    {
        folder = new();
        data = new(folder.Path);
        data.Create();
        database = new(data);
        logs = new(data, Options.Create(new BuildOptions()), TimeProvider.System);
    }

    [TearDown]
    public void Close()
    {
        database.Dispose();
        folder.Dispose();
    }

    [Test]
    public async Task Each_app_s_newest_stay_with_their_logs(CancellationToken cancellationToken)
    {
        var (left, right) = (await AppAsync("left"), await AppAsync("right"));
        var builds = new[] { await BuildAsync(left, 1), await BuildAsync(left, 2), await BuildAsync(left, 3), await BuildAsync(right, 0) };
        Assert.That(await SweepAsync(2, cancellationToken), Is.EqualTo(new Swept("builds", 1, 4)));
        Assert.That(await KeptAsync(), Is.EquivalentTo(builds[1..]));
        Assert.That(logs.Finished().Keys, Is.EquivalentTo(builds[1..]));
    }

    [Test]
    public async Task One_that_waits_or_runs_stays_however_old(CancellationToken cancellationToken)
    {
        var app = await AppAsync("app");
        var running = await BuildAsync(app, 1, finished: false);
        await BuildAsync(app, 2);
        await SweepAsync(1, cancellationToken);
        Assert.That(await KeptAsync(), Has.Count.EqualTo(2).And.Contains(running));
    }

    [Test]
    public async Task A_log_of_a_push_that_never_became_a_build_goes_after_a_day_and_none_that_grows(CancellationToken cancellationToken)
    {
        var (old, fresh, growing) = (Log(Guid.NewGuid()), Log(Guid.NewGuid()), Guid.NewGuid());
        File.SetLastWriteTimeUtc(old, DateTime.UnixEpoch);
        using var log = logs.Start(growing);
        File.SetLastWriteTimeUtc(log.Path, DateTime.UnixEpoch);
        await SweepAsync(1, cancellationToken);
        Assert.That(Directory.GetFiles(data.Logs), Is.EquivalentTo([fresh, log.Path]));
    }

    [Test]
    public async Task A_rehearsal_removes_nothing(CancellationToken cancellationToken)
    {
        var app = await AppAsync("app");
        await BuildAsync(app, 1);
        await BuildAsync(app, 2);
        Assert.That(await new BuildSweep(database, logs, TimeProvider.System).RehearseAsync(1, cancellationToken), Is.EqualTo(new Swept("builds", 1, 4)));
        Assert.That(await KeptAsync(), Has.Count.EqualTo(2));
        Assert.That(logs.Finished(), Has.Count.EqualTo(2));
    }

    private Task<Swept> SweepAsync(int keep, CancellationToken cancellationToken) => new BuildSweep(database, logs, TimeProvider.System).RunAsync(keep, cancellationToken);

    private Task<App> AppAsync(string name) => new AppStore(database, TimeProvider.System).FindOrCreateAsync(AppName.Parse(name), "tests", CancellationToken.None);

    private async Task<Guid> BuildAsync(App app, int hour, bool finished = true)
    {
        var id = Guid.NewGuid();
        var at = DateTimeOffset.UnixEpoch.AddHours(hour);
        await database.WriteAsync(
            db => db.Execute(
                "insert into builds (id, app_id, status, branch, commit_id, tree_id, created_at, finished_at) values (@id, @AppId, 'failed', '', '', '', @at, @end)",
                new { id, AppId = app.Id, at, end = finished ? at : (DateTimeOffset?)null }),
            CancellationToken.None);
        Log(id);
        return id;
    }

    private string Log(Guid build)
    {
        var path = Path.Combine(data.Logs, $"{build:D}.log");
        File.WriteAllText(path, "said");
        return path;
    }

    private Task<IReadOnlyList<Guid>> KeptAsync() =>
        database.ReadAsync<IReadOnlyList<Guid>>(db => db.Query<Guid>("select id from builds").AsList(), CancellationToken.None);
}
