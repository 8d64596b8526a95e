using Dapper;
using Slug.Hosting;

namespace Slug.Dashboard;

/// <summary>All apps at a glance, in one look at the database.</summary>
internal sealed class AppSummaries(Database database)
{
    public Task<IReadOnlyList<AppSummary>> ListAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<AppSummary>>(
            db => db.Query<AppSummary>(
                """
                select a.name, b.id as Build, b.status, b.commit_id as CommitId, b.created_at as CreatedAt,
                       (select max(version) from releases where app_id = a.id) as Release
                from apps a left join builds b on b.id =
                    (select id from builds where app_id = a.id and not is_test and verifies is null order by created_at desc, id desc limit 1)
                order by a.name
                """).AsList(),
            cancellationToken);
}

/// <summary>An app, its latest build and its current release, as far as there are any.</summary>
internal sealed record AppSummary
{
    public required string Name { get; init; }

    public Guid? Build { get; init; }

    public string? Status { get; init; }

    public string? CommitId { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    public int? Release { get; init; }
}
