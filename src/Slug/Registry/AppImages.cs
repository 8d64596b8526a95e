using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Droplets;
using Slug.Droplets.Records;
using Slug.Droplets.Statements;
using Slug.Engines;
using Slug.Hosting;

namespace Slug.Registry;

/// <summary>What an app's repository holds: the manifests and blobs of its images, of its droplets, and of what refers to either. Nothing is given out through an app that does not have it.</summary>
internal sealed class AppImages(
    Database database, DropletStore droplets, DropletRecords records, Attestations attestations, ReferrerStore referrers, ILogger<AppImages> log)
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

    /// <summary>What refers to a manifest of the app's: what is said and signed of its droplet, by the record of the app's own build.</summary>
    public async Task<IReadOnlyList<Content.Oci.Descriptor>> ReferrersAsync(App app, Digest subject, CancellationToken cancellationToken)
    {
        if (!await HasManifestAsync(app, subject, cancellationToken))
            return [];
        var about = await database.ReadAsync(
            db => db.Query<Digest>(
                """
                select r.droplet from images i join releases r on r.app_id = i.app_id and r.version = i.version where i.app_id = @Id and i.manifest = @subject
                union select digest from droplets where manifest = @subject
                """,
                new { app.Id, subject }).AsList(),
            cancellationToken);
        if (about is not [var digest, ..])
            return await referrers.ListAsync(subject, cancellationToken);
        var record = await records.FindAsync(app, digest, cancellationToken);
        if (record is not null && await droplets.FindAsync(digest, cancellationToken) is { } droplet)
            await AttestAsync(droplet, record, subject, cancellationToken);
        // Several apps may have made the droplet; what is said by the records of others is not this app's to show.
        return [.. (await referrers.ListAsync(subject, cancellationToken)).Where(referrer => Attestations.BuildOf(referrer) is not { } build || build == record?.Build.ToString())];
    }

    // What is said of a droplet is said of each of its images by its own name, once somebody asks. Where it cannot be, what is there is listed.
    private async Task AttestAsync(Droplet droplet, DropletRecord record, Digest subject, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var kind in StatementKind.All)
                await attestations.OfAsync(kind, droplet, record, subject, cancellationToken);
        }
        catch (Exception damage) when (damage is IOException or InvalidDataException or EngineException)
        {
            log.NotAttested(droplet.Digest, damage);
        }
    }
}
