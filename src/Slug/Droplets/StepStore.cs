using System.Data;
using System.Text;
using Dapper;
using Slug.Apps;
using Slug.Builds;
using Slug.Content;
using Slug.Content.Wire;
using Slug.Hosting;
using Slug.Pushes;

namespace Slug.Droplets;

/// <summary>What steps with declared inputs made, per app: found by the digest of all that a step read.</summary>
internal sealed class StepStore(Database database, DamagedBlobs damaged, Claims claims, TimeProvider time)
{
    // As many as branches with lockfiles of their own that are pushed in turns.
    private const int MostOfABuildpack = 3;

    private const string Columns =
        """
        select s.buildpack, s.stack, s.diff_id as DiffId, l.tar_size as TarSize, l.blob, l.blob_size as BlobSize, s.for_run_alone as ForRunAlone, s.build_id as BuildId, s.used_at as UsedAt
        from kept_steps s join layers l on l.diff_id = s.diff_id
        """;

    /// <summary>What is kept for this key, its layer claimed for the build; null with the reason where there is nothing.</summary>
    public async Task<(KeptStep? Kept, string Absence)> FindAsync(BuildPlan plan, Digest declared, CancellationToken cancellationToken)
    {
        if (plan.Verifies is not null)
            return (null, "as a verification makes everything");
        if (plan.Cache == CacheWish.PassOver)
            return (null, "as the push asked (-o no-cache)");
        if (plan.Cache == CacheWish.Clear)
            await database.WriteAsync(db => Delete(db, plan.App), cancellationToken);
        var found = await database.WriteAsync(db => Use(db, plan, KeyOf(plan, declared)), cancellationToken);
        if (found is null)
            return (null, $"no build of '{plan.App.Name}' has left them of these files");
        return await damaged.SeemsWholeAsync(found.Blob, found.BlobSize, cancellationToken) ? (found.ToKeptStep(), "") : (null, "what was kept of them is damaged");
    }

    /// <summary>Keeps what a build's steps made, inside the transaction that makes its droplet. Only layers that the build handed in.</summary>
    public void Keep(IDbConnection db, BuildPlan plan, IReadOnlyList<MadeStep> made)
    {
        foreach (var step in made.Where(step => claims.Holds(plan.Id, step.Layer.DiffId)))
        {
            db.Execute(
                """
                insert into kept_steps (app_id, key, buildpack, stack, diff_id, for_run_alone, build_id, used_at)
                select @appId, @key, @Buildpack, @stack, diff_id, @ForRunAlone, @buildId, @now from layers where diff_id = @DiffId
                on conflict (app_id, key) do update set diff_id = excluded.diff_id, for_run_alone = excluded.for_run_alone, build_id = excluded.build_id, used_at = excluded.used_at
                """,
                new { appId = plan.App.Id, key = KeyOf(plan, step.Key), step.Buildpack, stack = plan.Stack.Name, step.ForRunAlone, buildId = plan.Id, now = time.GetUtcNow(), step.Layer.DiffId });
            db.Execute(
                """
                delete from kept_steps where app_id = @appId and buildpack = @Buildpack and key not in
                (select key from kept_steps where app_id = @appId and buildpack = @Buildpack order by used_at desc limit @MostOfABuildpack)
                """,
                new { appId = plan.App.Id, step.Buildpack, MostOfABuildpack });
        }
    }

    public Task<IReadOnlyList<StepRow>> ListAsync(App app, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<StepRow>>(db => List(db, app), cancellationToken);

    /// <summary>Lets go of all that is kept of the app, and gives it; the next sweep takes the layers that no droplet has.</summary>
    public Task<IReadOnlyList<StepRow>> ClearAsync(App app, string by, CancellationToken cancellationToken) =>
        database.WriteAsync<IReadOnlyList<StepRow>>(
            db =>
            {
                var kept = List(db, app);
                Delete(db, app);
                Events.Append(db, time, by, "cache.cleared", app.Name, null);
                return kept;
            },
            cancellationToken);

    private static int Delete(IDbConnection db, App app) => db.Execute("delete from kept_steps where app_id = @Id", new { app.Id });

    private static List<StepRow> List(IDbConnection db, App app) =>
        db.Query<StepRow>($"{Columns} where s.app_id = @Id order by s.used_at desc", new { app.Id }).AsList();

    private StepRow? Use(IDbConnection db, BuildPlan plan, Digest key)
    {
        var row = db.QuerySingleOrDefault<StepRow>($"{Columns} where s.app_id = @Id and s.key = @key", new { plan.App.Id, key });
        if (row is null || !claims.Add(plan.Id, row.DiffId))
            return null;
        db.Execute("update kept_steps set used_at = @now where app_id = @Id and key = @key", new { plan.App.Id, key, now = time.GetUtcNow() });
        return row;
    }

    // The builder knows what was read; on what and by what it was read is known here.
    private static Digest KeyOf(BuildPlan plan, Digest declared) =>
        Digest.Of(Encoding.UTF8.GetBytes($"slug-step-1\nstack {plan.Stack.Digest}\nbuilder {plan.Builder}\ndeclared {declared}\n"));
}

/// <summary>A kept step. Sizes in bytes.</summary>
internal sealed record StepRow
{
    public required string Buildpack { get; init; }

    public required string Stack { get; init; }

    public required Digest DiffId { get; init; }

    public required long TarSize { get; init; }

    public required Digest Blob { get; init; }

    public required long BlobSize { get; init; }

    public required bool ForRunAlone { get; init; }

    public required Guid BuildId { get; init; }

    public required DateTimeOffset UsedAt { get; init; }

    public KeptStep ToKeptStep() => new() { Layer = new(DiffId, TarSize), StoredSize = BlobSize, ForRunAlone = ForRunAlone, Build = BuildId.ToString() };
}
