using System.Data;
using Dapper;
using Slug.Hosting;

namespace Slug.Builds;

/// <summary>Takes away the builds that are too many, with their logs, and logs of pushes that never became a build.</summary>
internal sealed class BuildSweep(Database database, BuildLogs logs, TimeProvider time)
{
    // Who was refused a moment ago may still be reading why.
    private static readonly TimeSpan refusalsKept = TimeSpan.FromDays(1);

    /// <summary>What would go.</summary>
    public async Task<Swept> RehearseAsync(int keep, CancellationToken cancellationToken)
    {
        var finished = logs.Finished();
        return Report(await database.RehearseAsync(db => Trim(db, keep, finished), cancellationToken));
    }

    public async Task<Swept> RunAsync(int keep, CancellationToken cancellationToken)
    {
        // Listed before the rows are: a log that has ended has its row, if it will ever have one.
        var finished = logs.Finished();
        var outdated = await database.WriteAsync(db => Trim(db, keep, finished), cancellationToken);
        var report = Report(outdated);
        foreach (var log in outdated.Logs)
            log.Delete();
        return report;
    }

    /// <summary>Removes the rows of those that are too many, and gives their ids.</summary>
    public static IReadOnlySet<Guid> Trim(IDbConnection db, int keep) =>
        db.Query<Guid>(
            """
            delete from builds where finished_at is not null and id in
                (select id from (select id, row_number() over (partition by app_id order by created_at desc, id desc) as place from builds) where place > @keep)
            returning id
            """,
            new { keep }).ToHashSet();

    private Outdated Trim(IDbConnection db, int keep, IReadOnlyDictionary<Guid, FileInfo> finished)
    {
        var removed = Trim(db, keep);
        var kept = db.Query<Guid>("select id from builds").ToHashSet();
        var oldest = time.GetUtcNow() - refusalsKept;
        return new(
            removed.Count,
            [.. finished.Where(log => removed.Contains(log.Key) || (!kept.Contains(log.Key) && log.Value.LastWriteTimeUtc < oldest)).Select(log => log.Value)]);
    }

    private static Swept Report(Outdated outdated) => new("builds", outdated.Builds, outdated.Logs.Sum(log => log.Length));

    private sealed record Outdated(int Builds, IReadOnlyList<FileInfo> Logs);
}
