using Dapper;
using Slug.Content;
using Slug.Droplets;

namespace Slug.Hosting;

/// <summary>What blobs of the image layout are part of, and how each is made again.</summary>
internal sealed class BlobUses(Database database)
{
    /// <summary>The blobs that have to be there.</summary>
    public Task<IReadOnlyList<Digest>> AllAsync(CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Digest>>(db => db.Query<Digest>(DamagedBlobs.InUse).AsList(), cancellationToken);

    /// <summary>The droplets and kept steps that have the blob, app by app; one entry says so where there are none.</summary>
    public async Task<IReadOnlyList<FileUse>> OfAsync(Digest blob, CancellationToken cancellationToken)
    {
        var found = await database.ReadAsync(
            db => db.Query<Use>(
                """
                with parts (droplet, part) as (
                    select digest, 'config' from droplets where digest = @blob
                    union select digest, 'manifest' from droplets where manifest = @blob
                    union select d.droplet, 'layer' from droplet_layers d join layers l on l.diff_id = d.diff_id where l.blob = @blob
                    union select d.droplet, 'listing' from droplet_layers d join derived_blobs f on f.diff_id = d.diff_id where f.form = 'files' and f.blob = @blob
                    union select r.droplet, 'image' from images i join releases r on r.app_id = i.app_id and r.version = i.version
                        where @blob = i.manifest or @blob in (select blob from layers where diff_id = i.run_layer) or exists (
                            select 1 from manifest_blobs b where b.manifest = i.manifest and b.blob = @blob
                            and b.blob not in (select l.blob from droplet_layers d join layers l on l.diff_id = d.diff_id))
                    union select d.digest, 'statement' from referrers f
                        join (select digest, manifest from droplets union select r.droplet, i.manifest from images i join releases r on r.app_id = i.app_id and r.version = i.version) d on d.manifest = f.subject
                        where @blob = f.manifest or exists (select 1 from manifest_blobs b where b.manifest = f.manifest and b.blob = @blob)),
                owners (app_id, droplet, version) as (
                    select app_id, droplet, max(version) from releases where droplet is not null group by app_id, droplet
                    union select app_id, droplet, null from app_droplets d where not exists (select 1 from releases r where r.app_id = d.app_id and r.droplet = d.droplet))
                select a.name as App, p.part, coalesce(o.version, 0) as Version, coalesce(r.commit_id, '') as CommitId,
                       coalesce(o.version = (select max(version) from releases where app_id = a.id), 0) as IsCurrent, '' as Buildpack
                from parts p join owners o on o.droplet = p.droplet join apps a on a.id = o.app_id
                left join releases r on r.app_id = a.id and r.version = o.version
                union all
                select a.name, 'layer', 0, '', 0, s.buildpack
                from kept_steps s join layers l on l.diff_id = s.diff_id join apps a on a.id = s.app_id where l.blob = @blob
                order by 1, 3 desc
                """,
                new { blob }).AsList(),
            cancellationToken);
        return found.Count > 0 ? [.. found.Select(use => use.ToFileUse())] : [new("nothing that is in use", "slug gc, which removes it where nothing needs it")];
    }

    private sealed record Use
    {
        public required string App { get; init; }

        /// <summary>Config, manifest or layer; image, which is made of these; a listing of a layer; or a statement about the droplet.</summary>
        public required string Part { get; init; }

        /// <summary>0 where the droplet has no release.</summary>
        public required long Version { get; init; }

        public required string CommitId { get; init; }

        public required bool IsCurrent { get; init; }

        /// <summary>Empty but for a kept step.</summary>
        public required string Buildpack { get; init; }

        public FileUse ToFileUse() => this switch
        {
            { Buildpack.Length: > 0 } => new(
                $"dependencies of {Buildpack} kept for {App}", $"the next build of {App} that needs them makes them again, or: slug cache {App} clear, then slug gc"),
            { Part: "statement" } => new(
                $"statement about a droplet of {App}", $"slug droplets provenance and slug droplets sbom of {App}{(Version > 0 ? $"@v{Version}" : "")}: what is damaged is made again"),
            { Part: "listing" } => new($"list of the files of a droplet of {App}", "look at that droplet in the dashboard, which makes it again"),
            { Part: "image", Version: > 0 } => new($"image of {App} v{Version}", $"pull it again, which makes it again: docker pull HOST:PORT/{App}:v{Version}"),
            { IsCurrent: true } => new(
                $"{Part} of {App} v{Version}, the current release", $"push the same source to {App} again: git commit --allow-empty -m 'Make it again', then git push"),
            { Version: > 0 } => new(
                $"{Part} of {App} v{Version}", $"push its commit to {App} again: git push -f slug {CommitId}:main, then push the newest again"),
            _ => new($"{Part} of a droplet of {App} without a release", $"push its source to {App} again"),
        };
    }
}
