using System.Data;
using Dapper;
using Slug.Content;
using Slug.Content.Oci;

namespace Slug.Droplets;

/// <summary>Which blobs the manifests of images and referrers are made of.</summary>
internal static class ManifestBlobs
{
    /// <summary>Remembers config and layers, inside the transaction that makes the manifest an image or a referrer.</summary>
    public static void Insert(IDbConnection db, Digest manifest, ImageManifest content) => db.Execute(
        "insert or ignore into manifest_blobs (manifest, blob) values (@manifest, @Digest)",
        content.Layers.Append(content.Config).Select(part => new { manifest, part.Digest }));

    /// <summary>Forgets the images and referrers of what is gone, layer upon layer of them, inside a sweep's transaction.</summary>
    public static void Trim(IDbConnection db)
    {
        const string orphans = "delete from referrers where subject not in (select manifest from droplets union select manifest from images union select manifest from referrers)";
        while (db.Execute(orphans) > 0)
        {
        }

        db.Execute("delete from manifest_blobs where manifest not in (select manifest from images union select manifest from referrers)");
    }
}
