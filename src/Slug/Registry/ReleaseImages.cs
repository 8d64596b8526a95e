using System.Data;
using System.Globalization;
using Dapper;
using Slug.Apps;
using Slug.Content;
using Slug.Content.Blobs;
using Slug.Content.Oci;
using Slug.Droplets;
using Slug.Hosting;
using Slug.Releases;
using Slug.Stacks;

namespace Slug.Registry;

/// <summary>Releases as images that run: made when first asked for, then the same bytes each time.</summary>
internal sealed class ReleaseImages(
    Database database, OciLayout images, DropletStore droplets, LateCompression compression, DamagedBlobs damaged, StackCatalog stacks, RunLayers runLayers, GzipLayers gzipLayers, StoreTurn turn, Claims claims)
{
    /// <exception cref="StackException">The stack is not built here.</exception>
    /// <exception cref="Engines.EngineException">The engine, which has the run image, does not answer.</exception>
    public async Task<ReleaseImage> OfAsync(App app, Release release, ImageForm form, CancellationToken cancellationToken)
    {
        if (release.Droplet is not { } name || await compression.FindAsync(Digest.Parse(name), cancellationToken) is not { } droplet)
            return new ReleaseImage.Absent();
        if (await droplets.DamageOfAsync(droplet, cancellationToken) is { } blob)
            return new ReleaseImage.Damaged(blob);
        if (await FindWholeAsync(app, release, form, cancellationToken) is { } manifest)
            return new ReleaseImage.Ready(manifest);
        try
        {
            return await MakeAsync(app, release, droplet, form, cancellationToken);
        }
        catch (Exception exception) when (exception is DamagedBlobException or InvalidDataException)
        {
            if (await droplets.DamageOfAsync(droplet, cancellationToken) is not { } found)
                throw;
            return new ReleaseImage.Damaged(found);
        }
    }

    private async Task<Digest?> FindWholeAsync(App app, Release release, ImageForm form, CancellationToken cancellationToken)
    {
        var known = await database.ReadAsync(
            db => db.Query<Digest>(
                "select manifest from images where app_id = @Id and version = @Version and form = @form", new { app.Id, release.Version, form = Name(form) }).AsList(),
            cancellationToken);
        if (known is not [var digest] || !await damaged.IsWholeAsync(digest, cancellationToken) || await images.ReadManifestAsync(digest, cancellationToken) is not { } manifest)
            return null;
        foreach (var part in manifest.Layers.Append(manifest.Config))
        {
            if (!await damaged.SeemsWholeAsync(part.Digest, part.Size, cancellationToken))
                return null;
        }

        return digest;
    }

    private async Task<ReleaseImage> MakeAsync(App app, Release release, Droplet droplet, ImageForm form, CancellationToken cancellationToken)
    {
        var making = Guid.NewGuid();
        using var claim = claims.Open(making);
        var runLayer = await runLayers.OfAsync(droplet.Stack, making, cancellationToken);
        var layers = new List<Descriptor>();
        foreach (var layer in (await droplets.LayersAsync(droplet.Digest, cancellationToken)).Prepend(runLayer))
            layers.Add(form == ImageForm.Gzip ? await gzipLayers.OfAsync(layer, cancellationToken) : layer.Descriptor);
        if (await images.ReadConfigAsync(droplet.Digest, cancellationToken) is not { } own)
            return new ReleaseImage.Absent();
        var config = OciJson.Write(RunnableImage.ConfigOf(own, droplet.Digest, stacks.Find(droplet.Stack), runLayer.DiffId));
        var facts = await FactsAsync(app, release, droplet, cancellationToken);

        using var entered = await turn.EnterAsync(cancellationToken);
        var manifest = new ImageManifest
        {
            Config = new() { MediaType = MediaTypes.Config, Digest = await images.Blobs.WriteAsync(config, cancellationToken), Size = config.Length },
            Layers = layers,
            Annotations = facts,
        };
        var digest = await images.Blobs.WriteAsync(OciJson.Write(manifest), cancellationToken);
        var isThere = await database.WriteAsync(db => Insert(db, new { app.Id, release.Version, form = Name(form), run = runLayer.DiffId, digest }, digest, manifest), cancellationToken);
        return isThere ? new ReleaseImage.Ready(digest) : new ReleaseImage.Absent();
    }

    // False where the release went meanwhile: then nothing refers to what was written, and the next sweep takes it.
    private bool Insert(IDbConnection db, object row, Digest digest, ImageManifest manifest)
    {
        var inserted = db.Execute(
            """
            insert or replace into images (app_id, version, form, run_layer, manifest)
            select app_id, version, @form, @run, @digest from releases where app_id = @Id and version = @Version
            """,
            row);
        if (inserted == 0)
            return false;
        ManifestBlobs.Insert(db, digest, manifest);
        damaged.Remove(db, digest);
        damaged.Remove(db, manifest.Config.Digest);
        return true;
    }

    // What belongs to the release stands beside the image, not in it: the same droplet is the same image id under every name.
    private async Task<IReadOnlyDictionary<string, string>> FactsAsync(App app, Release release, Droplet droplet, CancellationToken cancellationToken)
    {
        var facts = new Dictionary<string, string>
        {
            [AnnotationKeys.Title] = app.Name.ToString(),
            [AnnotationKeys.Version] = $"v{release.Version}",
            [AnnotationKeys.Created] = release.CreatedAt.ToUniversalTime().ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
            ["slug.droplet"] = droplet.Digest.ToString(),
        };
        if (release.CommitId is not { } commit)
            return facts;
        facts[AnnotationKeys.Revision] = commit;
        var build = await database.ReadAsync(
            db => db.ExecuteScalar<string?>(
                "select id from builds where app_id = @Id and commit_id = @commit and droplet = @Digest order by created_at limit 1", new { app.Id, commit, droplet.Digest }),
            cancellationToken);
        if (build is not null)
            facts["slug.build"] = build;
        return facts;
    }

    private static string Name(ImageForm form) => form == ImageForm.Zstd ? "zstd" : "gzip";
}
