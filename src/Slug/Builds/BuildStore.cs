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
               b.actor as By, b.release, s.url as SourceUrl, s.checksum as SourceChecksum, s.version as SourceVersion, s.version_description as SourceDescription, s.buildpacks as SourceBuildpacks, u.id as Slug
        from builds b join apps a on a.id = b.app_id left join build_sources s on s.build_id = b.id left join slugs u on u.build_id = b.id
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

    /// <summary>Writes the end of a build that was asked for and came to no push, where it has no end yet.</summary>
    public Task<int> RefuseAsync(Guid id, App app, string by, string status, string message) =>
        database.WriteAsync(db => End(db, id, app.Name, by, status, status == BuildStatus.Cancelled ? "build.cancelled" : "build.failed", message), CancellationToken.None);

    /// <summary>Writes the end of a build that came to no plan, or that a fault of ours ended, where it has no end yet. What was never written down is so now.</summary>
    public Task<int> RefuseAsync(Push push, string by, string message, string? tree = null) =>
        database.WriteAsync(
            db =>
            {
                db.Execute(
                    """
                    insert into builds (id, app_id, status, branch, commit_id, tree_id, is_test, verifies, actor, created_at)
                    select @Id, id, @Queued, @Branch, @commit, @tree, @IsTest, @Verifies, @By, @now from apps where id = @app
                    on conflict (id) do update set commit_id = excluded.commit_id
                    """,
                    new
                    {
                        push.Id,
                        push.By,
                        app = push.App.Id,
                        BuildStatus.Queued,
                        push.Branch,
                        commit = push.NewCommit.ToString(),
                        tree = tree ?? ObjectId.Zero.ToString(),
                        push.Wishes.IsTest,
                        push.Wishes.Verifies,
                        now = time.GetUtcNow(),
                    });
                var kind = FailureOf(push.Wishes.IsTest, push.Wishes.Verifies is not null);
                return End(db, push.Id, push.App.Name, by, BuildStatus.Failed, kind, message);
            },
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
    public Task<int> FailAsync(BuildPlan plan, string by, string status, string phase, string message, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var kind = status == BuildStatus.Cancelled
                    ? KindOf(plan, "build.cancelled", "test.cancelled", "verification.cancelled")
                    : FailureOf(plan.IsTest, plan.Verifies is not null);
                Events.Append(db, time, by, kind, plan.App.Name, plan.Id.ToString(), FirstLineOf(message));
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
        database.WriteAsync(
            db =>
            {
                var interrupted = db.Query<Build>($"{Columns} where b.status in ('queued', 'running')").AsList();
                foreach (var build in interrupted)
                {
                    var kind = FailureOf(build.IsTest, build.Verifies is not null);
                    End(db, build.Id, AppName.Parse(build.AppName), Events.Itself, BuildStatus.Failed, kind, "SLUG3009: the service restarted while this build ran; push again");
                }

                return interrupted.Count;
            },
            cancellationToken);

    private static string KindOf(BuildPlan plan, string build, string test, string verification) =>
        plan.IsTest ? test : plan.Verifies is not null ? verification : build;

    private static string FailureOf(bool isTest, bool isVerification) => isTest ? "test.failed" : isVerification ? "verification.failed" : "build.failed";

    private static string FirstLineOf(string message) => message.Split('\n', 2)[0];

    private int Append(IDbConnection db, BuildPlan plan, string kind, string? detail = null) =>
        Events.Append(db, time, plan.By, kind, plan.App.Name, plan.Id.ToString(), detail);

    private int End(IDbConnection db, Guid id, AppName app, string by, string status, string kind, string message)
    {
        var ended = db.Execute("update builds set status = @status, message = @message, finished_at = @now where id = @id and finished_at is null", new { id, status, message, now = time.GetUtcNow() });
        return ended == 0 ? 0 : Events.Append(db, time, by, kind, app, id.ToString(), FirstLineOf(message));
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
