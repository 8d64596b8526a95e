using System.Text.Json;
using Slug.Content;
using Slug.Content.Oci;
using Slug.Droplets.Bills;
using Slug.Droplets.Records;
using Slug.Hosting;

namespace Slug.Droplets.Statements;

/// <summary>What is said and signed of droplets: made when somebody first asks, then kept as what refers to them.</summary>
internal sealed class Attestations(
    ReferrerStore referrers, BillMaking bills, SigningKey key, Instance instance, OciLayout images, DamagedBlobs damaged) : IDisposable
{
    private const string Build = "slug.build";
    private const string Key = "slug.key";
    private const string PredicateType = "in-toto.io/predicate-type";

    private readonly SemaphoreSlim turn = new(1, 1);

    /// <summary>A signed statement about the droplet. About another manifest, an image that was made of it, where that is given.</summary>
    /// <exception cref="Content.Blobs.DamagedBlobException">The droplet is damaged.</exception>
    /// <exception cref="Engines.EngineException">The engine does not answer.</exception>
    public async Task<Envelope> OfAsync(StatementKind kind, Droplet droplet, DropletRecord record, Digest? image, CancellationToken cancellationToken)
    {
        await turn.WaitAsync(cancellationToken);
        try
        {
            return await FindAsync(kind, image ?? droplet.Manifest, record, cancellationToken)
                ?? await MakeAsync(kind, droplet, record, image ?? droplet.Manifest, cancellationToken);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>The build whose record a referrer is said by; null of what is no statement.</summary>
    public static string? BuildOf(Descriptor referrer) => referrer.Annotations?.GetValueOrDefault(Build);

    public void Dispose() => turn.Dispose();

    private async Task<Envelope?> FindAsync(StatementKind kind, Digest subject, DropletRecord record, CancellationToken cancellationToken)
    {
        foreach (var referrer in await referrers.ListAsync(subject, cancellationToken))
        {
            if (referrer.ArtifactType == kind.Artifact && FactsOf(kind, record).All(fact => referrer.Annotations?.GetValueOrDefault(fact.Key) == fact.Value)
                && await ReadAsync(referrer.Digest, cancellationToken) is { } envelope && envelope.Statement().Names(subject))
                return envelope;
        }

        return null;
    }

    private async Task<Envelope?> ReadAsync(Digest manifest, CancellationToken cancellationToken)
    {
        try
        {
            var json = new MemoryStream();
            if (await images.ReadManifestAsync(manifest, cancellationToken) is not { Layers: [var layer] })
                throw new InvalidDataException($"the manifest '{manifest}' is not one of a statement");
            await damaged.ReadAsync(layer.Digest, blob => blob.CopyToAsync(json, cancellationToken));
            return Envelope.Read(json.ToArray());
        }
        catch (Exception cause) when (cause is IOException or InvalidDataException)
        {
            // It is made again: nothing is lost but the signature's bytes.
            await referrers.RemoveAsync(manifest, cancellationToken);
            return null;
        }
    }

    private async Task<Envelope> MakeAsync(StatementKind kind, Droplet droplet, DropletRecord record, Digest subject, CancellationToken cancellationToken)
    {
        var statement = new Statement
        {
            Subject = [Subject("droplet", droplet.Digest), .. ((Digest[])[droplet.Manifest, subject]).Distinct().Select(manifest => Subject("manifest", manifest))],
            PredicateType = kind.Predicate,
            Predicate = kind == StatementKind.Bill
                ? JsonSerializer.SerializeToElement(await bills.OfAsync(droplet, record, cancellationToken), StatementJson.Plain.Bill)
                : JsonSerializer.SerializeToElement(ProvenanceOf.Record(record, instance), StatementJson.Plain.Provenance),
        };
        var envelope = Envelope.Sign(statement, key);
        var artifact = new Artifact { Type = kind.Artifact, MediaType = kind.Artifact, Content = envelope.Write(), Annotations = FactsOf(kind, record) };
        await referrers.AddAsync(subject, artifact, cancellationToken);
        return envelope;
    }

    private static ResourceDescriptor Subject(string name, Digest digest) => new() { Name = name, Digest = ResourceDescriptor.Sha256(digest) };

    private Dictionary<string, string> FactsOf(StatementKind kind, DropletRecord record) =>
        new() { [PredicateType] = kind.Predicate, [Build] = record.Build.ToString(), [Key] = key.Id };
}

/// <summary>What a statement says, and under which media type it is found among referrers.</summary>
internal sealed record StatementKind(string Predicate, string Artifact)
{
    public static StatementKind Provenance { get; } = new(Statements.Provenance.Type, "application/vnd.in-toto.provenance+dsse");

    public static IReadOnlyList<StatementKind> All => [Provenance, Bill];

    public static StatementKind Bill { get; } = new(Bills.Bill.Type, "application/vnd.in-toto.cyclonedx+dsse");
}
