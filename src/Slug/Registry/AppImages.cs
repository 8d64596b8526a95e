using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Hosting;

namespace Slug.Registry;

/// <summary>What an app's repository holds: the manifests and blobs of its images, of its droplets, and of what refers to either. Nothing is given out through an app that does not have it.</summary>
internal sealed class AppImages(Database database, ReferrerStore referrers)
{
    private const string Own = """
        with recursive own (manifest) as (
            select manifest from images where app_id = @Id
            union select d.manifest from app_droplets a join droplets d on d.digest = a.droplet where a.app_id = @Id
            union select r.manifest from referrers r join own on r.subject = own.manifest)
        """;

    public Task<bool> HasManifestAsync(App app, Digest manifest, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ExecuteScalar<long>($"{Own} select exists (select 1 from own where manifest = @manifest)", new { app.Id, manifest }) > 0, cancellationToken);

    public Task<bool> HasBlobAsync(App app, Digest blob, CancellationToken cancellationToken) =>
        database.ReadAsync(
            db => db.ExecuteScalar<long>(
                $"""
                {Own}
                select exists (select 1 from own where manifest = @blob)
                    or exists (select 1 from manifest_blobs b join own on own.manifest = b.manifest where b.blob = @blob)
                    or exists (select 1 from app_droplets where app_id = @Id and droplet = @blob)
                    or exists (select 1 from app_droplets a join droplet_layers d on d.droplet = a.droplet join layers l on l.diff_id = d.diff_id where a.app_id = @Id and l.blob = @blob)
                """,
                new { app.Id, blob }) > 0,
            cancellationToken);

    /// <summary>What refers to a manifest of the app's. What refers to a droplet refers to its images as well.</summary>
    public async Task<IReadOnlyList<Content.Oci.Descriptor>> ReferrersAsync(App app, Digest subject, CancellationToken cancellationToken)
    {
        if (!await HasManifestAsync(app, subject, cancellationToken))
            return [];
        var droplet = await database.ReadAsync(
            db => db.Query<Digest>(
                """
                select d.manifest from images i join releases r on r.app_id = i.app_id and r.version = i.version join droplets d on d.digest = r.droplet
                where i.app_id = @Id and i.manifest = @subject
                """,
                new { app.Id, subject }).AsList(),
            cancellationToken);
        if (droplet is [var manifest, ..])
            await referrers.FollowAsync(manifest, subject, cancellationToken);
        return await referrers.ListAsync(subject, cancellationToken);
    }
}
