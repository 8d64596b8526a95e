using System.Data;
using Dapper;

namespace Slug.Webhooks.Incoming;

/// <summary>Of which builds the commits are needed: of those that are kept or have left a droplet that is, and of deliveries under way.</summary>
/// <param name="Builds">Their ids.</param>
/// <param name="Made">Of those with submodules, or of a folder: the commit that was made, which is verified.</param>
internal sealed record NeededCommits(IReadOnlySet<Guid> Builds, IReadOnlyDictionary<Guid, string> Made)
{
    public static NeededCommits Read(IDbConnection db) => new(
        db.Query<Guid>(
            """
            select id from builds
            union select build_id from droplet_records
            union select build_id from hook_deliveries where build_id is not null and finished_at is null
            """).ToHashSet(),
        db.Query<MadeCommit>("select build_id as Build, json_extract(record, '$.source.madeCommit') as CommitId from droplet_records")
            .Where(made => made.CommitId is not null).ToDictionary(made => made.Build, made => made.CommitId!));

    private sealed record MadeCommit
    {
        public required Guid Build { get; init; }

        public string? CommitId { get; init; }
    }
}
