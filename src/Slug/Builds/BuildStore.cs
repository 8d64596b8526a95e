using System.Data;
using System.Text.Json;
using Dapper;
using Slug.Apps;
using Slug.Buildpacks;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Builds;

/// <summary>The builds there were and are.</summary>
internal sealed class BuildStore(Database database, TimeProvider time)
{
    private const string Columns =
        """
        select b.id, b.app_id as AppId, a.name as AppName, b.status, b.branch, b.options, b.commit_id as CommitId, b.tree_id as TreeId, b.droplet, b.cached,
               b.phase, b.phases, b.message, b.reports, b.verifies, b.verification, b.is_test as IsTest, b.exit_code as ExitCode, b.created_at as CreatedAt, b.started_at as StartedAt, b.finished_at as FinishedAt,
               b.actor as By, b.release, s.url as SourceUrl, s.checksum as SourceChecksum, s.version as SourceVersion, s.version_description as SourceDescription, s.buildpacks as SourceBuildpacks
        from builds b join apps a on a.id = b.app_id left join build_sources s on s.build_id = b.id
        """;

    private const int LargestReports = 256 * 1024;

    public Task<IReadOnlyList<Build>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Build>>(
            db => db.Query<Build>($"{Columns} where b.app_id = @Id order by b.created_at desc, b.id desc limit 200", new { app.Id }).AsList(), cancellationToken);

    /// <summary>Those of all apps that wait or run, the oldest first.</summary>
    public Task<IReadOnlyList<Build>> ListUnderWayAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Build>>(db => db.Query<Build>($"{Columns} where b.finished_at is null order by b.created_at, b.id").AsList(), cancellationToken);

    /// <summary>Those of an app that go on, or began after a time.</summary>
    public Task<IReadOnlyList<Guid>> ListSinceAsync(App app, DateTimeOffset time, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Guid>>(
            db => db.Query<Guid>("select id from builds where app_id = @Id and (finished_at is null or created_at > @time)", new { app.Id, time }).AsList(), cancellationToken);

    public Task<Build?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.ReadAsync(db => db.QuerySingleOrDefault<Build>($"{Columns} where b.id = @id", new { id }), cancellationToken);

    /// <summary>The app's latest build that was to become a droplet.</summary>
    public Task<Build?> FindLatestAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.QueryFirstOrDefault<Build>($"{Columns} where b.app_id = @Id and not b.is_test and b.verifies is null order by b.created_at desc, b.id desc limit 1", new { app.Id }),
            cancellationToken);

    /// <summary>Writes down a build that is asked for before its source is here.</summary>
    public Task<int> AskAsync(Guid id, App app, string by, AskedSource source, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                db.Execute(
                    """
                    insert into builds (id, app_id, status, branch, commit_id, tree_id, actor, created_at)
                    values (@id, @appId, @Queued, 'upload', @none, @none, @by, @now)
                    """,
                    new { id, appId = app.Id, BuildStatus.Queued, none = ObjectId.Zero.ToString(), by, now = time.GetUtcNow() });
                return db.Execute(
                    "insert into build_sources values (@id, @Url, @Checksum, @Version, @VersionDescription, @buildpacks)",
                    new { id, source.Url, source.Checksum, source.Version, source.VersionDescription, buildpacks = string.Join('\n', source.Buildpacks.Select(BuildpackAddress.Parse)) });
            },
            cancellationToken);

    /// <summary>Writes that a build which was asked for came to no plan, where it has no end yet.</summary>
    public Task<int> RefuseAsync(Guid id, string status, string message) =>
        database.WriteAsync(
            db => db.Execute(
                "update builds set status = @status, message = @message, finished_at = @now where id = @id and finished_at is null", new { id, status, message, now = time.GetUtcNow() }),
            CancellationToken.None);

    public Task<int> QueueAsync(BuildPlan plan, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (plan.Cache == CacheWish.Clear)
                    Events.Append(db, time, plan.By, "cache.cleared", plan.App.Name, null, "by the push");
                Append(db, plan, KindOf(plan, "build.queued", "test.queued", "verification.queued"));
                return Insert(db, plan, BuildStatus.Queued);
            },
            cancellationToken);

    public Task<int> StartAsync(BuildPlan plan, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                Append(db, plan, KindOf(plan, "build.started", "test.started", "verification.started"));
                return db.Execute(
                    "update builds set status = @Running, started_at = @now where id = @Id",
                    new { plan.Id, BuildStatus.Running, now = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>Keeps what the build's buildpacks reported; nothing of reports that no honest buildpack makes.</summary>
    public Task<int> KeepReportsAsync(Guid id, IReadOnlyList<BuildpackReport>? reports, CancellationToken cancellationToken)
    {
        var json = reports is { Count: > 0 } ? JsonSerializer.Serialize(reports, WireJson.Default.IReadOnlyListBuildpackReport) : null;
        return json is { Length: <= LargestReports }
            ? database.WriteAsync(db => db.Execute("update builds set reports = @json where id = @id", new { id, json }), cancellationToken)
            : Task.FromResult(0);
    }

    /// <summary>Keeps when the build's phases were; one whose end the builder never told ended with the build.</summary>
    public Task<int> KeepPhasesAsync(Guid id, IReadOnlyList<PhaseTime> phases, CancellationToken cancellationToken)
    {
        var json = JsonSerializer.Serialize([.. phases.Select(phase => phase with { FinishedAt = phase.FinishedAt ?? time.GetUtcNow() })], PhaseJson.Default.IReadOnlyListPhaseTime);
        return database.WriteAsync(db => db.Execute("update builds set phases = @json where id = @id", new { id, json }), cancellationToken);
    }

    /// <summary>Writes a build's end without a droplet.</summary>
    public Task<int> FailAsync(BuildPlan plan, string status, string phase, string message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var kind = status == BuildStatus.Cancelled
                    ? KindOf(plan, "build.cancelled", "test.cancelled", "verification.cancelled")
                    : KindOf(plan, "build.failed", "test.failed", "verification.failed");
                Append(db, plan, kind, FirstLineOf(message));
                return db.Execute(
                    "update builds set status = @status, phase = @phase, message = @message, finished_at = @now where id = @Id",
                    new { plan.Id, status, phase, message, now = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>Writes how an app's tests ended.</summary>
    public Task<int> FinishTestAsync(BuildPlan plan, int exitCode, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var status = exitCode == 0 ? BuildStatus.Succeeded : BuildStatus.Failed;
                Append(db, plan, exitCode == 0 ? "test.succeeded" : "test.failed", $"exit code {exitCode}");
                return db.Execute(
                    "update builds set status = @status, phase = @phase, exit_code = @exitCode, finished_at = @now where id = @Id",
                    new { plan.Id, status, phase = Words.Of(BuildPhase.Test), exitCode, now = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>Writes that a droplet was made again, and whether it is the same.</summary>
    public Task<int> FinishVerificationAsync(BuildPlan plan, bool isIdentical, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                Append(db, plan, isIdentical ? "verification.identical" : "verification.different");
                return db.Execute(
                    "update builds set status = @status, finished_at = @now where id = @Id",
                    new { plan.Id, status = isIdentical ? BuildStatus.Succeeded : BuildStatus.Failed, now = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>Keeps what came of a verification.</summary>
    public Task<int> KeepVerificationAsync(Guid id, string json, CancellationToken cancellationToken) =>
        database.WriteAsync(db => db.Execute("update builds set verification = @json where id = @id", new { id, json }), cancellationToken);

    /// <summary>Writes down a verification that there is no plan for.</summary>
    public Task<int> RefuseAsync(Push push, string tree, string message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                Events.Append(db, time, push.By, "verification.failed", push.App.Name, push.Id.ToString(), FirstLineOf(message));
                return db.Execute(
                    """
                    insert into builds (id, app_id, status, branch, commit_id, tree_id, verifies, message, actor, created_at, finished_at)
                    values (@Id, @appId, @Failed, @Branch, @commit, @tree, @Verifies, @message, @By, @now, @now)
                    """,
                    new { push.Id, push.By, appId = push.App.Id, BuildStatus.Failed, push.Branch, commit = push.NewCommit.ToString(), tree, push.Wishes.Verifies, message, now = time.GetUtcNow() });
            },
            cancellationToken);

    /// <summary>Writes a build's good end, inside the transaction that makes it a droplet and a release.</summary>
    public void Succeed(IDbConnection db, BuildPlan plan, Digest droplet, bool cached)
    {
        if (cached)
            Insert(db, plan, BuildStatus.Running);
        Append(db, plan, "build.succeeded", cached ? "a known droplet" : null);
        db.Execute(
            "update builds set status = @Succeeded, droplet = @droplet, cached = @cached, finished_at = @now where id = @Id",
            new { plan.Id, BuildStatus.Succeeded, droplet, cached, now = time.GetUtcNow() });
    }

    /// <summary>Keeps which release came of it, inside the same transaction.</summary>
    public static void Released(IDbConnection db, BuildPlan plan, int version) => db.Execute("update builds set release = @version where id = @Id", new { plan.Id, version });

    /// <summary>At start: a build that was under way when the service died has failed. Gives their number.</summary>
    public Task<int> FailInterruptedAsync(CancellationToken cancellationToken) =>
        database.WriteAsync(db => Fail(db, "b.status in ('queued', 'running')", null, "SLUG3009: the service restarted while this build ran; push again"), cancellationToken);

    /// <summary>Writes that a build ended by a fault of ours, where it has no end yet.</summary>
    public Task<int> AbandonAsync(Guid id) =>
        database.WriteAsync(db => Fail(db, "b.id = @id and b.finished_at is null", id, "SLUG9005: the service failed, not your app; push again"), CancellationToken.None);

    private static string KindOf(BuildPlan plan, string build, string test, string verification) =>
        plan.IsTest ? test : plan.Verifies is not null ? verification : build;

    private static string FirstLineOf(string message) => message.Split('\n', 2)[0];

    private int Append(IDbConnection db, BuildPlan plan, string kind, string? detail = null) =>
        Events.Append(db, time, plan.By, kind, plan.App.Name, plan.Id.ToString(), detail);

    // By a fault of ours: nobody asked for it.
    private int Fail(IDbConnection db, string which, Guid? id, string message)
    {
        var failed = db.Query<Build>($"{Columns} where {which}", new { id }).AsList();
        foreach (var build in failed)
        {
            var kind = build.IsTest ? "test.failed" : build.Verifies is not null ? "verification.failed" : "build.failed";
            Events.Append(db, time, Events.Itself, kind, AppName.Parse(build.AppName), build.Id.ToString(), message);
            db.Execute("update builds set status = @Failed, message = @message, finished_at = @now where id = @Id", new { build.Id, BuildStatus.Failed, message, now = time.GetUtcNow() });
        }

        return failed.Count;
    }

    private int Insert(IDbConnection db, BuildPlan plan, string status) =>
        db.Execute(
            """
            insert into builds (id, app_id, status, branch, options, commit_id, tree_id, is_test, verifies, actor, created_at)
            values (@Id, @appId, @status, @Branch, @options, @commit, @tree, @IsTest, @Verifies, @By, @now)
            on conflict (id) do update set status = excluded.status, options = excluded.options, commit_id = excluded.commit_id, tree_id = excluded.tree_id
            """,
            new
            {
                plan.Id,
                plan.By,
                appId = plan.App.Id,
                status,
                plan.Branch,
                options = string.Join('\n', plan.Options),
                plan.IsTest,
                plan.Verifies,
                commit = plan.Source.Commit.ToString(),
                tree = plan.Source.Tree.ToString(),
                now = time.GetUtcNow(),
            });
}
