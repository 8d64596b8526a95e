using System.Data;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Slug.Builds;
using Slug.Heroku;
using Slug.Tokens;

namespace Slug.Webhooks.Outgoing;

/// <summary>What an event was done to, as the transaction that did it sees it: what is told an hour later is still that.</summary>
internal static class Snapshot
{
    private const string AppRows =
        """
        select a.id, a.name, a.created_at as CreatedAt, r.created_at as ReleasedAt, d.stack, d.size
        from apps a
        left join releases r on r.app_id = a.id and r.version = (select max(version) from releases where app_id = a.id)
        left join droplets d on d.digest = r.droplet
        where a.id = @app
        """;

    // Tests and verifications are builds of ours and none of Heroku's.
    private const string BuildRows =
        """
        select b.id, a.id as AppId, a.name as AppName, b.status, b.actor as By, b.commit_id as CommitId, b.droplet, u.id as Slug, d.stack,
          b.created_at as CreatedAt, b.finished_at as FinishedAt
        from builds b join apps a on a.id = b.app_id left join droplets d on d.digest = b.droplet left join slugs u on u.build_id = b.id
        where b.id = @subject and not b.is_test and b.verifies is null
        """;

    private const string ReleaseRows =
        """
        select a.id as AppId, a.name as AppName, r.version, r.droplet, r.commit_id as CommitId, r.slug, r.description, r.created_at as CreatedAt
        from releases r join apps a on a.id = r.app_id
        where a.id = @app and r.version = @version
        """;

    /// <summary>An app in JSON.</summary>
    public static string OfApp(IDbConnection db, Guid app) => Json(db.QuerySingle<AppRow>(AppRows, new { app }).Of());

    /// <summary>What an event is of, in JSON; null where there is nothing of that to tell.</summary>
    public static string? Of(IDbConnection db, string include, Guid app, string? subject, string by) => include switch
    {
        Notice.Build => db.QuerySingleOrDefault<BuildRow>(BuildRows, new { subject }) is { } build ? Json(build.Of(by)) : null,
        Notice.Release => Json(db.QuerySingle<ReleaseRow>(ReleaseRows, new { app, version = int.Parse(subject.AsSpan(1), CultureInfo.InvariantCulture) }).Of(by)),
        _ => throw new ArgumentException($"'{include}' was told at once", nameof(include)),
    };

    private static string Json<T>(T details) => JsonSerializer.Serialize(details, PayloadJson.Default.GetTypeInfo(typeof(T))!);

    private sealed record AppRow
    {
        public required Guid Id { get; init; }

        public required string Name { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? ReleasedAt { get; init; }

        public string? Stack { get; init; }

        public long? Size { get; init; }

        public AppDetails Of()
        {
            var stack = Stack is null ? null : NamedReference.OfStack(Stack);
            return new(Id, Name, CreatedAt, ReleasedAt ?? CreatedAt, ReleasedAt, stack, stack, UserReference.Of(TokenStore.AdminName), NamedReference.Here, Size);
        }
    }

    private sealed record BuildRow
    {
        public required Guid Id { get; init; }

        public required Guid AppId { get; init; }

        public required string AppName { get; init; }

        public required string Status { get; init; }

        public string? By { get; init; }

        public required string CommitId { get; init; }

        public string? Droplet { get; init; }

        public Guid? Slug { get; init; }

        public string? Stack { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public DateTimeOffset? FinishedAt { get; init; }

        // Whose it is; who ended it is the event's actor.
        public BuildDetails Of(string by) => new(
            Id, new(AppId, AppName), StatusInWords, CreatedAt, FinishedAt ?? CreatedAt, Stack, new(null, CommitId),
            Droplet is null ? null : new(PlatformId.OfSlug(AppId, Droplet, Slug), CommitId), UserReference.Of(By ?? by));

        private string StatusInWords => Status switch
        {
            BuildStatus.Queued or BuildStatus.Running => "pending",
            BuildStatus.Succeeded => "succeeded",
            _ => "failed",
        };
    }

    private sealed record ReleaseRow
    {
        public required Guid AppId { get; init; }

        public required string AppName { get; init; }

        public required int Version { get; init; }

        public string? Droplet { get; init; }

        public string? CommitId { get; init; }

        public Guid? Slug { get; init; }

        public required string Description { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public ReleaseDetails Of(string by) => new(
            PlatformId.OfRelease(AppId, Version), new(AppId, AppName), Version, Description, CreatedAt, CreatedAt,
            Droplet is null ? null : new(PlatformId.OfSlug(AppId, Droplet, Slug), CommitId), UserReference.Of(by));
    }
}
