using System.Data;
using System.Text.Json;
using Dapper;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Hosting;

namespace Slug.Droplets;

/// <summary>What refers to manifests: stored beside the droplets, swept with what they refer to.</summary>
internal sealed class ReferrerStore(Database database, OciLayout images, DamagedBlobs damaged, StoreTurn turn)
{
    /// <summary>What refers to a manifest, by digest.</summary>
    public Task<IReadOnlyList<Descriptor>> ListAsync(Digest subject, CancellationToken cancellationToken) =>
        database.ReadAsync<IReadOnlyList<Descriptor>>(
            db => [.. db.Query<Row>(
                "select manifest, artifact_type as ArtifactType, size, annotations from referrers where subject = @subject order by manifest", new { subject })
                .Select(row => row.ToDescriptor())],
            cancellationToken);

    /// <summary>Stores an artifact that refers to a manifest. The same twice is one. Not for who has the store's turn.</summary>
    public async Task<Descriptor> AddAsync(Digest subject, Artifact artifact, CancellationToken cancellationToken)
    {
        using var entered = await turn.EnterAsync(cancellationToken);
        await images.Blobs.WriteAsync(ImageManifest.Empty.ToArray(), cancellationToken);
        var content = await images.Blobs.WriteAsync(artifact.Content, cancellationToken);
        var manifest = new ImageManifest
        {
            ArtifactType = artifact.Type,
            Config = ImageManifest.EmptyConfig,
            Layers = [new() { MediaType = artifact.MediaType, Digest = content, Size = artifact.Content.Length }],
            Subject = Subject(subject),
            Annotations = artifact.Annotations,
        };
        return await StoreAsync(manifest, [content, manifest.Config.Digest], cancellationToken);
    }

    /// <summary>Forgets a referrer; a sweep takes its blobs.</summary>
    public Task<int> RemoveAsync(Digest manifest, CancellationToken cancellationToken) =>
        database.WriteAsync(db => db.Execute("delete from referrers where manifest = @manifest", new { manifest }), cancellationToken);

    private Descriptor Subject(Digest manifest) => new()
    {
        MediaType = MediaTypes.Manifest,
        Digest = manifest,
        Size = images.Blobs.Length(manifest) ?? throw new FileNotFoundException($"the manifest '{manifest}' is not in the store"),
    };

    private async Task<Descriptor> StoreAsync(ImageManifest manifest, Digest[] written, CancellationToken cancellationToken)
    {
        var json = OciJson.Write(manifest);
        var descriptor = new Descriptor
        {
            MediaType = MediaTypes.Manifest,
            Digest = await images.Blobs.WriteAsync(json, cancellationToken),
            Size = json.Length,
            ArtifactType = manifest.ArtifactType,
            Annotations = manifest.Annotations,
        };
        await database.WriteAsync(db => Insert(db, manifest, descriptor, written), cancellationToken);
        return descriptor;
    }

    private int Insert(IDbConnection db, ImageManifest manifest, Descriptor descriptor, Digest[] written)
    {
        ManifestBlobs.Insert(db, descriptor.Digest, manifest);
        foreach (var blob in written.Append(descriptor.Digest))
            damaged.Remove(db, blob);
        return db.Execute(
            "insert or ignore into referrers (subject, manifest, artifact_type, size, annotations) values (@subject, @Digest, @ArtifactType, @Size, @annotations)",
            new
            {
                subject = manifest.Subject!.Digest,
                descriptor.Digest,
                descriptor.ArtifactType,
                descriptor.Size,
                annotations = descriptor.Annotations is { } facts ? JsonSerializer.Serialize(facts, DropletJson.Default.IReadOnlyDictionaryStringString) : null,
            });
    }

    private sealed record Row
    {
        public required Digest Manifest { get; init; }

        public required string ArtifactType { get; init; }

        public required long Size { get; init; }

        public string? Annotations { get; init; }

        public Descriptor ToDescriptor() => new()
        {
            MediaType = MediaTypes.Manifest,
            Digest = Manifest,
            Size = Size,
            ArtifactType = ArtifactType,
            Annotations = Annotations is { } json ? JsonSerializer.Deserialize(json, DropletJson.Default.IReadOnlyDictionaryStringString) : null,
        };
    }
}

/// <summary>One document about a manifest.</summary>
internal sealed record Artifact
{
    /// <summary>What it is, as a media type: by this, tools pick among referrers.</summary>
    public required string Type { get; init; }

    /// <summary>What its bytes are.</summary>
    public required string MediaType { get; init; }

    public required byte[] Content { get; init; }

    public IReadOnlyDictionary<string, string>? Annotations { get; init; }
}
