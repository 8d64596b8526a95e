using System.Data;
using System.Text.Json;
using Dapper;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Hosting;
using Slug.Pushes.LargeFiles;

namespace Slug.Droplets;

/// <summary>Slugs that come as archives: announced first, then uploaded, then droplets as any other. Each has its archive as long as it is there.</summary>
internal sealed class UploadedSlugs(Database database, LargeFileStore files, TimeProvider time)
{
    // Its address is long closed by then, and whatever came by it has ended.
    private static readonly TimeSpan unsentKept = TimeSpan.FromDays(1);

    private const string Columns =
        """
        select id, app_id as AppId, processes, checksum, commit_id as CommitId, commit_description as CommitDescription, description,
               actor, archive, size, droplet, created_at as CreatedAt, updated_at as UpdatedAt
        from slugs
        """;

    public Task<UploadedSlug> AnnounceAsync(App app, AnnouncedSlug slug, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var id = Guid.CreateVersion7(time.GetUtcNow());
                var processes = JsonSerializer.Serialize(slug.Processes, DropletJson.Default.IReadOnlyDictionaryStringString);
                db.Execute(
                    """
                    insert into slugs (id, app_id, processes, checksum, commit_id, commit_description, description, actor, created_at, updated_at)
                    values (@id, @appId, @processes, @Checksum, @Commit, @CommitDescription, @Description, @By, @now, @now)
                    """,
                    new { id, appId = app.Id, processes, slug.Checksum, slug.Commit, slug.CommitDescription, slug.Description, slug.By, now = time.GetUtcNow() });
                Events.Append(db, time, slug.By, "slug.created", app.Name, id.ToString());
                return Find(db, app, id)!;
            },
            cancellationToken);

    public Task<UploadedSlug?> FindAsync(App app, Guid id, CancellationToken cancellationToken) => database.ReadAsync(db => Find(db, app, id), cancellationToken);

    public Task<IReadOnlyList<Guid>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Guid>>(db => db.Query<Guid>("select id from slugs where app_id = @Id", new { app.Id }).AsList(), cancellationToken);

    /// <summary>An archive came and is built. False where the slug is gone.</summary>
    public async Task<bool> BeginAsync(UploadedSlug slug, LargeFilePointer archive, Guid build, CancellationToken cancellationToken) =>
        await database.WriteAsync(
            db => db.Execute(
                "update slugs set archive = @Digest, size = @Size, build_id = @build, updated_at = @now where id = @Id",
                new { slug.Id, archive.Digest, archive.Size, build, now = time.GetUtcNow() }),
            cancellationToken) > 0;

    /// <summary>Its build became a droplet, inside the transaction that makes it so.</summary>
    public int Fill(IDbConnection db, BuildPlan plan, Droplet droplet) =>
        db.Execute("update slugs set droplet = @Digest, updated_at = @now where build_id = @Id", new { droplet.Digest, plan.Id, now = time.GetUtcNow() });

    /// <summary>Removes slugs that were never uploaded, and archives of slugs that are gone; a rehearsal only counts.</summary>
    public async Task<Swept> TrimAsync(bool rehearse, string by, CancellationToken cancellationToken)
    {
        // Listed before the rows are: what has files had its row before.
        var owners = files.Owners();
        var (unsent, known) = rehearse ? await database.RehearseAsync(db => Trim(db, by), cancellationToken) : await database.WriteAsync(db => Trim(db, by), cancellationToken);
        var gone = owners.Where(owner => !known.Contains(owner)).ToList();
        var freed = gone.Sum(files.SizeOf);
        foreach (var owner in rehearse ? [] : gone)
            files.Remove(owner);
        return new("uploaded slugs", unsent.Union(gone).Count(), freed);
    }

    private (IEnumerable<Guid> Unsent, HashSet<Guid> Known) Trim(IDbConnection db, string by)
    {
        var unsent = db.Query<(Guid Id, AppName App)>(
            "select s.id, a.name from slugs s join apps a on a.id = s.app_id where s.droplet is null and s.updated_at < @oldest", new { oldest = time.GetUtcNow() - unsentKept }).AsList();
        foreach (var (id, app) in unsent)
        {
            Events.Append(db, time, by, "slug.removed", app, id.ToString());
            db.Execute("delete from slugs where id = @id", new { id });
        }

        return (unsent.Select(slug => slug.Id), db.Query<Guid>("select id from apps union select id from slugs").ToHashSet());
    }

    private static UploadedSlug? Find(IDbConnection db, App app, Guid id) =>
        db.QuerySingleOrDefault<Row>($"{Columns} where id = @id and app_id = @appId", new { id, appId = app.Id })?.ToSlug();

    private sealed record Row
    {
        public required Guid Id { get; init; }

        public required Guid AppId { get; init; }

        public required string Processes { get; init; }

        public Digest? Checksum { get; init; }

        public string? CommitId { get; init; }

        public string? CommitDescription { get; init; }

        public string? Description { get; init; }

        public required string Actor { get; init; }

        public Digest? Archive { get; init; }

        public long? Size { get; init; }

        public Digest? Droplet { get; init; }

        public required DateTimeOffset CreatedAt { get; init; }

        public required DateTimeOffset UpdatedAt { get; init; }

        public UploadedSlug ToSlug() => new()
        {
            Id = Id,
            AppId = AppId,
            Processes = JsonSerializer.Deserialize(Processes, DropletJson.Default.IReadOnlyDictionaryStringString)!,
            Checksum = Checksum,
            Commit = CommitId,
            CommitDescription = CommitDescription,
            Description = Description,
            By = Actor,
            Archive = Archive,
            Size = Size,
            Droplet = Droplet,
            CreatedAt = CreatedAt,
            UpdatedAt = UpdatedAt,
        };
    }
}
